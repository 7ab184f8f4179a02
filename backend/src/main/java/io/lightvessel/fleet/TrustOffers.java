package io.lightvessel.fleet;

import com.google.protobuf.ByteString;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.wire.Digests;
import io.lightvessel.wire.Token;
import io.lightvessel.wire.TrustSettings;
import io.lightvessel.wire.opamp.ConnectionSettingsOffers;
import io.lightvessel.wire.opamp.Header;
import io.lightvessel.wire.opamp.Headers;
import io.lightvessel.wire.opamp.OpAMPConnectionSettings;
import org.springframework.stereotype.Component;

/** Makes what a newcomer is given at enrolment: its credential, and whose configs it is to obey. */
@Component
class TrustOffers {
    private static final Actor SELF = Actor.system("fleet");

    private final Tenants tenants;
    private final ClusterService clusters;
    private final ConfigSigningKey key;

    TrustOffers(Tenants tenants, ClusterService clusters, ConfigSigningKey key) {
        this.tenants = tenants;
        this.clusters = clusters;
        this.key = key;
    }

    ConnectionSettingsOffers offer(LiveAgent agent, Token credential) {
        Tenant tenant = tenants.find(agent.tenant())
                .orElseThrow(() -> new IllegalStateException("agent " + agent.id() + " has no tenant"));
        Cluster cluster = TenantScope.call(agent.tenant(), SELF, () -> clusters.find(agent.cluster()))
                .orElseThrow(() -> new IllegalStateException("agent " + agent.id() + " has no cluster"));
        TrustSettings trust = TrustSettings.of(
                key.pair().getPublic(),
                tenant.slug(),
                cluster.slug(),
                agent.id().value());
        ConnectionSettingsOffers offers = ConnectionSettingsOffers.newBuilder()
                .setOpamp(OpAMPConnectionSettings.newBuilder()
                        .setHeaders(Headers.newBuilder()
                                .addHeaders(Header.newBuilder()
                                        .setKey("Authorization")
                                        .setValue("Bearer " + credential.text())))
                        .setHeartbeatIntervalSeconds(LiveAgent.HEARTBEAT.toSeconds()))
                .putOtherConnections(TrustSettings.CONNECTION_NAME, trust.toWire())
                .build();
        return offers.toBuilder()
                .setHash(ByteString.copyFrom(Digests.sha256(offers.toByteArray())))
                .build();
    }
}
