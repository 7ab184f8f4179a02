package io.lightvessel.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerToAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

/** Many agents at once: after a power cut, say, when a whole site comes back. */
@ControlPlaneTest
class HerdIT {
    private static final int HERD = 300;

    @Autowired
    private FleetFixture fleet;

    @Test
    @Timeout(120)
    void aHerdEnrolsConnectsAndFollowsAChangeOfTheStack() throws Exception {
        FleetFixture.Home home = fleet.home();
        String token = home.create(new NewEnrollmentToken("herd", home.cluster().id(), null, HERD, Duration.ofDays(1)))
                .secret();
        List<SimulatedAgent> herd = atOnce(index -> {
            InstanceUid uid = SimulatedAgent.newUid();
            String name = "agent-" + index;
            String credential;
            try (SimulatedAgent newcomer = home.connect(token, uid, name)) {
                newcomer.send(newcomer.fullState("gateway"));
                credential = FleetFixture.credential(newcomer.receive());
            }
            SimulatedAgent agent = home.connect(credential, uid, name);
            agent.send(agent.fullState("gateway"));
            apply(agent, agent.receive(ServerToAgent::hasRemoteConfig));
            return agent;
        });
        try {
            assertThat(home.awaitAll(HERD, ConfigStatus.IN_SYNC)).isEqualTo(HERD);
            home.save("changed");
            atOnce(index -> {
                apply(herd.get(index), herd.get(index).receive(ServerToAgent::hasRemoteConfig));
                return herd.get(index);
            });
            assertThat(home.awaitAll(HERD, ConfigStatus.IN_SYNC)).isEqualTo(HERD);
            assertThat(home.in(() -> fleet.agents().inCluster(home.cluster().id())))
                    .hasSize(HERD)
                    .allSatisfy(agent -> {
                        assertThat(agent.config().desiredRevision()).isEqualTo(2);
                        assertThat(agent.health().status()).isEqualTo(HealthStatus.HEALTHY);
                    });
        } finally {
            herd.forEach(SimulatedAgent::close);
        }
        assertThat(home.awaitDisconnected()).isZero();
    }

    private static void apply(SimulatedAgent agent, ServerToAgent offer) throws Exception {
        agent.send(agent.message()
                .setRemoteConfigStatus(SimulatedAgent.status(
                        offer.getRemoteConfig().getConfigHash(),
                        RemoteConfigStatuses.RemoteConfigStatuses_APPLIED,
                        "")));
    }

    private interface Part {
        SimulatedAgent play(int index) throws Exception;
    }

    private static List<SimulatedAgent> atOnce(Part part) throws Exception {
        List<Future<SimulatedAgent>> parts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < HERD; i++) {
                int index = i;
                Callable<SimulatedAgent> task = () -> part.play(index);
                parts.add(threads.submit(task));
            }
        }
        List<SimulatedAgent> done = new ArrayList<>();
        for (Future<SimulatedAgent> future : parts) {
            done.add(future.get());
        }
        return done;
    }
}
