package io.lightvessel.topology.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.TelemetrySignal;
import io.lightvessel.topology.Topology;
import io.lightvessel.topology.Topology.Edge;
import io.lightvessel.topology.Topology.Node;
import io.lightvessel.topology.Topology.NodeKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyWordsTest {

    private static Topology topology(double rate, double drops) {
        return new Topology(
                List.of(
                        new Node("s", NodeKind.SOURCE, "checkout", "shop", 0, 0, 0, null, "", 1, null),
                        new Node(
                                "a",
                                NodeKind.AGENT,
                                "gateway-1",
                                "host-1",
                                1,
                                300,
                                0,
                                HealthStatus.DEGRADED,
                                "queue full",
                                1,
                                "agt_abcdefghijkm"),
                        new Node("b", NodeKind.BACKEND, "prometheus", "", 2, 600, 0, null, "", 3, null)),
                List.of(
                        new Edge("s-a", "s", "a", Set.of(TelemetrySignal.TRACES, TelemetrySignal.METRICS), 5, 500, 0),
                        new Edge("a-b", "a", "b", Set.of(TelemetrySignal.METRICS), rate, 1200, drops)),
                0,
                Instant.EPOCH);
    }

    @Test
    void structureStaysEqualWhenOnlyRatesChange() {
        assertThat(TopologyWords.structure("demo", topology(1, 0)))
                .isEqualTo(TopologyWords.structure("demo", topology(900, 7)));
    }

    @Test
    void edgesAreDescribedForThoseWhoDoNotSeeThem() {
        assertThat(TopologyWords.structure("demo", topology(1, 0))
                        .edges()
                        .getFirst()
                        .description())
                .isEqualTo("traces, metrics from checkout to gateway-1");
    }

    @Test
    void healthIsWordAndToneWithItsReason() {
        assertThat(TopologyWords.metrics(topology(1, 0), true).nodes().get("a"))
                .isEqualTo(new TopologyGraph.NodeMetrics("warn", "Degraded", "queue full", "host-1"));
        assertThat(TopologyWords.metrics(topology(1, 0), true).nodes().get("s"))
                .isEqualTo(new TopologyGraph.NodeMetrics("none", "", "", "shop"));
    }

    @Test
    void ratesAndDropsAreWorded() {
        assertThat(TopologyWords.metrics(topology(1240, 3), true).edges().get("a-b"))
                .isEqualTo(new TopologyGraph.EdgeMetrics("1.24 k/s", "1.2 kB/s", "3/s dropped", 4.3, true));
    }

    @Test
    void theSummaryCountsWhatReachesBackends() {
        assertThat(TopologyWords.summary(topology(1240, 0)))
                .isEqualTo("1 source, 1 agent, 3 backends. 1.24 k/s records delivered to backends, none dropped.");
    }

    @Test
    void ratesOfCrossingEdgesStandOnEitherSideOfTheCrossing() {
        Topology crossing = new Topology(
                List.of(
                        new Node("a", NodeKind.AGENT, "a", "", 0, 0, 0, null, "", 1, null),
                        new Node("b", NodeKind.AGENT, "b", "", 0, 0, 90, null, "", 1, null),
                        new Node("x", NodeKind.BACKEND, "x", "", 1, 300, 0, null, "", 1, null),
                        new Node("y", NodeKind.BACKEND, "y", "", 1, 300, 90, null, "", 1, null)),
                List.of(
                        new Edge("a-y", "a", "y", Set.of(TelemetrySignal.LOGS), 1, 1, 0),
                        new Edge("b-x", "b", "x", Set.of(TelemetrySignal.LOGS), 1, 1, 0),
                        new Edge("a-x", "a", "x", Set.of(TelemetrySignal.LOGS), 1, 1, 0)),
                0,
                Instant.EPOCH);
        assertThat(TopologyWords.structure("demo", crossing).edges())
                .extracting(TopologyGraph.Edge::labelAt)
                .containsExactly(0.7, 0.3, 0.5);
    }
}
