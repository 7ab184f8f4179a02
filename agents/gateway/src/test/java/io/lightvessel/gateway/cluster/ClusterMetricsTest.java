package io.lightvessel.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.core.Content;
import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import io.lightvessel.gateway.cluster.core.Message.Standing;
import io.lightvessel.gateway.cluster.core.Snapshot;
import io.lightvessel.pipeline.ComponentMetrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class ClusterMetricsTest {
    private static final Member SELF = new Member(new MemberId(1, 1), "a", "a:1");
    private static final Member OTHER = new Member(new MemberId(2, 2), "b", "b:1");

    private final Map<String, Long> counters = new TreeMap<>();
    private final Map<String, DoubleSupplier> gauges = new TreeMap<>();
    private final ClusterMetrics metrics = new ClusterMetrics(new ComponentMetrics() {
        @Override
        public Counter counter(String name, String help, Map<String, String> labels) {
            String key = name + new TreeMap<>(labels);
            return amount -> counters.merge(key, amount, Long::sum);
        }

        @Override
        public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
            gauges.put(name, value);
        }
    });

    private static Content.Row row(long hash, Member owner, Member to) {
        return new Content.Row(
                new TargetKey("pool", hash), owner == null ? null : owner.id(), to == null ? null : to.id(), 1, 10, 0);
    }

    private static Snapshot snapshot(Standing standing, Member coordinator) {
        return new Snapshot(
                standing,
                7,
                3,
                List.of(SELF, OTHER),
                coordinator.id(),
                List.of(row(1, SELF, null), row(2, SELF, OTHER), row(3, OTHER, null), row(4, null, null)),
                "");
    }

    private double gauge(String name) {
        return gauges.get("lightvessel_cluster_" + name).getAsDouble();
    }

    @Test
    void whatTheCoordinatorToldIsCounted() {
        metrics.looked(SELF, snapshot(Standing.MEMBER, SELF), 1_000_000_000);
        assertThat(gauge("members")).isEqualTo(2);
        assertThat(gauge("view")).isEqualTo(7);
        assertThat(gauge("targets_owned")).isEqualTo(2);
        assertThat(gauge("targets_unowned")).isEqualTo(1);
        assertThat(gauge("targets_moving")).isEqualTo(1);
        assertThat(gauge("coordinator")).isEqualTo(1);
        assertThat(gauge("fenced")).isZero();
        assertThat(counters.getOrDefault("lightvessel_cluster_fenced_seconds_total{}", 0L))
                .isZero();
    }

    @Test
    void whoIsCutOffOwnsNothingAndCountsTheSeconds() {
        for (int i = 0; i < 5; i++) {
            metrics.looked(SELF, snapshot(Standing.CUT_OFF, OTHER), 700_000_000);
        }
        assertThat(gauge("fenced")).isEqualTo(1);
        assertThat(gauge("targets_owned")).isZero();
        assertThat(gauge("coordinator")).isZero();
        assertThat(counters).containsEntry("lightvessel_cluster_fenced_seconds_total{}", 3L);
    }

    @Test
    void movesAreCountedByWhetherWhatWasKnownCameAlong() {
        metrics.taken(true);
        metrics.taken(false);
        metrics.given(true);
        metrics.given(false);
        assertThat(counters.values()).containsOnly(1L);
        assertThat(counters.keySet().stream().filter(key -> key.startsWith("lightvessel_cluster_moves_total")))
                .hasSize(4);
    }
}
