package io.lightvessel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.ClusterMember;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSnapshot.State;
import io.lightvessel.pipeline.TargetSource;
import io.lightvessel.wire.targets.TargetStatus;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsMapperTest {
    private static final ComponentId PROMETHEUS = ComponentId.of("prometheus");
    private static final Instant AT = Instant.ofEpochSecond(1_700_000_000, 5);

    private record Source(List<TargetSnapshot> targets, List<String> targetProblems) implements TargetSource {}

    private static TargetSnapshot target(String job, long hash, State state, String instance) {
        return new TargetSnapshot(
                job,
                hash,
                "http://" + instance + "/metrics",
                Map.of("job", job, "instance", instance),
                Map.of(),
                state,
                state == State.DOWN ? "connection refused" : "",
                AT,
                Duration.ofMillis(3),
                12,
                AT.plusSeconds(15),
                "gateway-1",
                AT.minusSeconds(600),
                "gateway-2");
    }

    private static TargetsAnswer ask(TargetsQuery.Builder query, TargetSnapshot... targets) {
        return TargetsMapper.answer(
                query.setQueryId("q").build(),
                Map.of(PROMETHEUS, new Source(List.of(targets), List.of("cannot list pods"))),
                Optional.empty());
    }

    private static TargetsQuery.Builder query() {
        return TargetsQuery.newBuilder().setLimit(100);
    }

    @Test
    void whatIsOwnedHereIsToldAndWhatAnotherReplicaOwnsIsNot() {
        TargetsAnswer answer = ask(
                query(),
                target("node", 0x1f, State.UP, "a:9100"),
                target("node", 0x2f, State.ELSEWHERE, "b:9100"),
                target("redis", 0x3f, State.DOWN, "c:9121"),
                target("redis", 0x4f, State.UNOWNED, "d:9121"));

        assertThat(answer.getQueryId()).isEqualTo("q");
        assertThat(answer.getCountsMap()).isEqualTo(Map.of("up", 1, "down", 1, "unowned", 1));
        assertThat(answer.getProblemsList()).containsExactly("prometheus: cannot list pods");
        assertThat(answer.getTargetsList())
                .extracting(TargetStatus::getKey)
                .containsExactly(
                        "prometheus node 000000000000001f",
                        "prometheus redis 000000000000003f",
                        "prometheus redis 000000000000004f");
        TargetStatus first = answer.getTargets(0);
        assertThat(first.getLastScrapeUnixNano()).isEqualTo(1_700_000_000_000_000_005L);
        assertThat(first.getNextScrapeUnixNano()).isEqualTo(1_700_000_015_000_000_005L);
        assertThat(first.getOwnedSinceUnixNano()).isEqualTo(1_699_999_400_000_000_005L);
        assertThat(first.getLastDurationNano()).isEqualTo(3_000_000);
        assertThat(first.getLastSamples()).isEqualTo(12);
        assertThat(first.getKind()).isEqualTo("metrics");
        assertThat(first.getPredictedOwner()).isEqualTo("gateway-2");
        assertThat(answer.getTargets(1).getError()).isEqualTo("connection refused");
    }

    @Test
    void questionsNarrowTheListButNotTheCounts() {
        TargetSnapshot[] targets = {
            target("node", 1, State.UP, "a:9100"),
            target("node", 2, State.DOWN, "B:9100"),
            target("redis", 3, State.UP, "c:9121")
        };
        assertThat(ask(query().setJob("node"), targets).getTargetsList()).hasSize(2);
        assertThat(ask(query().setState("down"), targets).getTargetsList())
                .extracting(TargetStatus::getUrl)
                .containsExactly("http://B:9100/metrics");
        assertThat(ask(query().setText("b:91"), targets).getTargetsList()).hasSize(1);
        assertThat(ask(query().setText("nowhere"), targets).getTargetsList()).isEmpty();
        assertThat(ask(query().setText("nowhere"), targets).getCountsMap()).isEqualTo(Map.of("up", 2, "down", 1));
    }

    @Test
    void longListsComePageByPage() {
        TargetSnapshot[] targets = {
            target("node", 1, State.UP, "a"), target("node", 2, State.UP, "b"), target("node", 3, State.UP, "c")
        };
        TargetsAnswer first = ask(query().setLimit(2), targets);
        assertThat(first.getTargetsCount()).isEqualTo(2);
        assertThat(first.getMore()).isTrue();
        TargetsAnswer second =
                ask(query().setLimit(2).setAfter(first.getTargets(1).getKey()), targets);
        assertThat(second.getTargetsList()).extracting(TargetStatus::getUrl).containsExactly("http://c/metrics");
        assertThat(second.getMore()).isFalse();
    }

    @Test
    void replicasAreToldWithTheTargets() {
        var status = new ClusterMember.Status(
                "gateway-1",
                7,
                ClusterMember.Phase.SETTLED,
                List.of(
                        new ClusterMember.Member("gateway-1", "10.0.0.1:7946", true, 3, 1.02),
                        new ClusterMember.Member("gateway-2", "10.0.0.2:7946", false, 3, 0.98)));
        TargetsAnswer answer = TargetsMapper.answer(query().build(), Map.of(), Optional.of(status));
        assertThat(answer.getCluster().getSelf()).isEqualTo("gateway-1");
        assertThat(answer.getCluster().getView()).isEqualTo(7);
        assertThat(answer.getCluster().getState()).isEqualTo("settled");
        assertThat(answer.getCluster().getMembersList())
                .extracting(member -> member.getName() + " " + member.getCoordinator())
                .containsExactly("gateway-1 true", "gateway-2 false");
    }
}
