package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a control plane knows that was started anew. */
@ControlPlaneTest
class AgentRegistryIT {
    @Autowired
    private FleetFixture fleet;

    @Autowired
    private AgentStore store;

    @Autowired
    private DesiredConfigs desired;

    @Test
    void aNewRegistryKnowsWhatTheOldOneStoredAndWaitsForTheAgentToReturn() throws Exception {
        FleetFixture.Home home = fleet.home();
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            ServerToAgent offer = agent.receive(ServerToAgent::hasRemoteConfig);
            agent.send(agent.message()
                    .setRemoteConfigStatus(SimulatedAgent.status(
                            offer.getRemoteConfig().getConfigHash(),
                            RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                            "")));
            home.await("gw-1", found -> found.config().status() == ConfigStatus.IN_SYNC);
            Agent before = home.agent("gw-1");
            home.awaitStored(before.id(), "config_status = 'IN_SYNC' and health_status = 'HEALTHY'");

            AgentRegistry fresh = new AgentRegistry(store, Clock.systemUTC());
            LiveAgent loaded = fresh.find(home.tenant().tenant().id(), before.id());
            Instant now = Clock.systemUTC().instant();
            DesiredConfig config = desired.find(loaded.tenant(), loaded.cluster(), loaded.role());
            Agent after = loaded.view(config, now, Duration.ofSeconds(30));
            assertThat(after.connected()).isFalse();
            assertThat(after.health().status()).isEqualTo(HealthStatus.UNKNOWN);
            assertThat(after.config().status()).isEqualTo(ConfigStatus.IN_SYNC);
            assertThat(after.name()).isEqualTo("gw-1");
            assertThat(after.role()).isEqualTo(before.role());
            assertThat(after.instanceUid()).isEqualTo(before.instanceUid());
            assertThat(after.attributes()).isEqualTo(before.attributes());
            assertThat(after.components()).isEqualTo(before.components());
            assertThat(loaded.view(config, now.plusSeconds(31), Duration.ofSeconds(30))
                            .health()
                            .status())
                    .isEqualTo(HealthStatus.DOWN);
        }
    }

    @Test
    void anAgentThatFellSilentIsDropped() throws Exception {
        FleetFixture.Home home = fleet.home();
        try (SimulatedAgent agent = home.enrolled("gw-1", "gateway")) {
            home.awaitStored(home.agent("gw-1").id(), "own");
            AgentRegistry fresh = new AgentRegistry(store, Clock.systemUTC());
            LiveAgent live =
                    fresh.find(home.tenant().tenant().id(), home.agent("gw-1").id());
            Instant now = Instant.now();
            NoOutlet outlet = new NoOutlet();
            live.connect(outlet, now);
            assertThat(live.dropIfSilent(now.plusSeconds(89))).isNull();
            assertThat(live.dropIfSilent(now.plusSeconds(90))).isSameAs(outlet);
            assertThat(live.outlet()).isNull();
        }
    }
}
