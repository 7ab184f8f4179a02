package io.lightvessel.fleet;

import com.google.protobuf.ByteString;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.RemoteConfigEntries;
import io.lightvessel.wire.SignedConfig;
import io.lightvessel.wire.opamp.AgentConfigMap;
import io.lightvessel.wire.opamp.AgentConfigObject;
import io.lightvessel.wire.opamp.AgentRemoteConfig;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Puts a rendered config into the form in which it is sent, signed when the receiver checks signatures. */
@Component
class ConfigOffers {
    private static final Actor SELF = Actor.system("fleet");

    private final Tenants tenants;
    private final ClusterService clusters;
    private final ConfigSigningKey key;
    private final FleetSettings settings;
    private final Clock clock;

    ConfigOffers(Tenants tenants, ClusterService clusters, ConfigSigningKey key, FleetSettings settings, Clock clock) {
        this.tenants = tenants;
        this.clusters = clusters;
        this.key = key;
        this.settings = settings;
        this.clock = clock;
    }

    AgentRemoteConfig offer(LiveAgent agent, AgentRole role, DesiredConfig desired) {
        byte[] yaml = desired.yaml().getBytes(StandardCharsets.UTF_8);
        AgentConfigMap.Builder entries = AgentConfigMap.newBuilder()
                .putConfigMap(
                        RemoteConfigEntries.YAML,
                        entry(ByteString.copyFrom(yaml), RemoteConfigEntries.YAML_CONTENT_TYPE));
        // A stock collector would take a second entry for more configuration.
        if (agent.own()) {
            entries.putConfigMap(
                    RemoteConfigEntries.SIGNATURE,
                    entry(
                            ByteString.copyFrom(sign(agent, role, desired, yaml).toJson()),
                            RemoteConfigEntries.SIGNATURE_CONTENT_TYPE));
        }
        return AgentRemoteConfig.newBuilder()
                .setConfig(entries)
                .setConfigHash(ByteString.copyFrom(HexFormat.of().parseHex(desired.hash())))
                .build();
    }

    private SignedConfig sign(LiveAgent agent, AgentRole role, DesiredConfig desired, byte[] yaml) {
        Tenant tenant = tenants.find(agent.tenant())
                .orElseThrow(() -> new IllegalStateException("agent " + agent.id() + " has no tenant"));
        Cluster cluster = TenantScope.call(agent.tenant(), SELF, () -> clusters.find(agent.cluster()))
                .orElseThrow(() -> new IllegalStateException("agent " + agent.id() + " has no cluster"));
        return SignedConfig.sign(
                key.pair(),
                tenant.slug(),
                cluster.slug(),
                role,
                desired.revision(),
                clock.instant().plus(settings.configValidity()),
                yaml);
    }

    private static AgentConfigObject entry(ByteString body, String contentType) {
        return AgentConfigObject.newBuilder()
                .setBody(body)
                .setContentType(contentType)
                .build();
    }
}
