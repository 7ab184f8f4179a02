package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.RemoteConfigEntries;
import io.lightvessel.wire.TrustSettings;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerToAgent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ControlPlaneTest
class EnrolmentIT {
    @Autowired
    FleetFixture fleet;

    FleetFixture.Home home;

    @BeforeEach
    void setUp() {
        home = fleet.home();
    }

    @Test
    void agentIsEnrolledConfiguredAndSeenHealthy() throws Exception {
        String token = home.token();
        String credential;
        var uid = SimulatedAgent.newUid();
        try (SimulatedAgent newcomer = home.connect(token, uid, "gateway-1")) {
            newcomer.send(newcomer.fullState("gateway"));
            ServerToAgent offer = newcomer.receive();
            assertThat(offer.getCapabilities()).isEqualTo(0x27);
            assertThat(offer.getCustomCapabilities().getCapabilitiesList())
                    .containsExactly("io.lightvessel.flow", "io.lightvessel.targets", "io.lightvessel.profiles");
            assertThat(offer.hasRemoteConfig()).isFalse();
            credential = FleetFixture.credential(offer);
            TrustSettings trust = TrustSettings.fromWire(
                    offer.getConnectionSettings().getOtherConnectionsOrThrow(TrustSettings.CONNECTION_NAME));
            assertThat(trust.tenant()).isEqualTo(home.tenant().tenant().slug());
            assertThat(trust.cluster()).isEqualTo(home.cluster().slug());
            assertThat(home.agent("gateway-1").health().status()).isEqualTo(HealthStatus.WAITING);
        }
        try (SimulatedAgent agent = home.connect(credential, uid, "gateway-1")) {
            agent.send(agent.fullState("gateway"));
            ServerToAgent config = agent.receive(ServerToAgent::hasRemoteConfig);
            var entries = config.getRemoteConfig().getConfig().getConfigMapMap();
            assertThat(entries).containsOnlyKeys("", RemoteConfigEntries.SIGNATURE);
            agent.send(agent.message()
                    .setRemoteConfigStatus(SimulatedAgent.status(
                            config.getRemoteConfig().getConfigHash(),
                            RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                            "")));
            home.await("gateway-1", found -> found.config().status() == ConfigStatus.IN_SYNC);
            assertThat(home.agent("gateway-1").health().status()).isEqualTo(HealthStatus.HEALTHY);
        }
    }
}
