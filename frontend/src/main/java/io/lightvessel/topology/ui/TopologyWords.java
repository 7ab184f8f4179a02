package io.lightvessel.topology.ui;

import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.TelemetrySignal;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.HealthBadge;
import io.lightvessel.topology.Topology;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words a topology for the graph, its table twin and screen readers. */
final class TopologyWords {

    private static final double COLUMN_STRETCH = 1.45;

    private TopologyWords() {}

    static TopologyGraph.Structure structure(String cluster, Topology topology) {
        Map<String, Topology.Node> byId = byId(topology);
        return new TopologyGraph.Structure(
                "Telemetry of cluster " + cluster + ". " + inventory(topology),
                topology.nodes().stream()
                        .map(node -> new TopologyGraph.Node(
                                node.id(),
                                node.kind().name(),
                                kind(node.kind()),
                                label(node),
                                // Room between the columns for the rates on the edges.
                                node.x() * COLUMN_STRETCH,
                                node.y()))
                        .toList(),
                topology.edges().stream()
                        .map(edge -> new TopologyGraph.Edge(
                                edge.id(),
                                edge.from(),
                                edge.to(),
                                signals(edge),
                                String.join(", ", signals(edge)) + " from " + name(byId, edge.from()) + " to "
                                        + name(byId, edge.to()),
                                labelAt(byId, edge)))
                        .toList());
    }

    static TopologyGraph.Metrics metrics(Topology topology, boolean live) {
        Map<String, TopologyGraph.NodeMetrics> nodes = new LinkedHashMap<>();
        for (Topology.Node node : topology.nodes()) {
            nodes.put(node.id(), metrics(node));
        }
        Map<String, TopologyGraph.EdgeMetrics> edges = new LinkedHashMap<>();
        for (Topology.Edge edge : topology.edges()) {
            edges.put(edge.id(), metrics(edge));
        }
        return new TopologyGraph.Metrics(nodes, edges, live);
    }

    /** One sentence that says what the picture shows. */
    static String summary(Topology topology) {
        double records = topology.edges().stream()
                .filter(edge -> isBackend(topology, edge.to()))
                .mapToDouble(Topology.Edge::recordsPerSecond)
                .sum();
        double drops = topology.edges().stream()
                .mapToDouble(Topology.Edge::dropsPerSecond)
                .sum();
        return inventory(topology) + " " + Format.rate(records) + " records delivered to backends, "
                + (drops > 0 ? Format.rate(drops) + " dropped." : "none dropped.");
    }

    static String kind(Topology.NodeKind kind) {
        return switch (kind) {
            case SOURCE -> "Source";
            case AGENT -> "Agent";
            case BACKEND -> "Backend";
        };
    }

    static List<String> signals(Topology.Edge edge) {
        return edge.signals().stream().sorted().map(TelemetrySignal::wireName).toList();
    }

    static Map<String, Topology.Node> byId(Topology topology) {
        return topology.nodes().stream().collect(Collectors.toMap(Topology.Node::id, Function.identity()));
    }

    private static String inventory(Topology topology) {
        return Format.count(count(topology, Topology.NodeKind.SOURCE), "source", "sources") + ", "
                + Format.count(count(topology, Topology.NodeKind.AGENT), "agent", "agents") + ", "
                + Format.count(count(topology, Topology.NodeKind.BACKEND), "backend", "backends")
                + (topology.hidden() > 0
                        ? " (" + Format.count(topology.hidden(), "thing is", "things are") + " drawn together)."
                        : ".");
    }

    private static long count(Topology topology, Topology.NodeKind kind) {
        return topology.nodes().stream()
                .filter(node -> node.kind() == kind)
                .mapToLong(Topology.Node::count)
                .sum();
    }

    private static boolean isBackend(Topology topology, String id) {
        return topology.nodes().stream()
                .anyMatch(node -> node.id().equals(id) && node.kind() == Topology.NodeKind.BACKEND);
    }

    private static String label(Topology.Node node) {
        return node.count() > 1 ? node.label() + " ×" + node.count() : node.label();
    }

    static String name(Map<String, Topology.Node> byId, String id) {
        Topology.Node node = byId.get(id);
        return node == null ? id : node.label();
    }

    /**
     * Edges that rise carry their rates early, those that fall late: where a rising and a falling edge cross, their
     * rates stand on either side of the crossing.
     */
    static double labelAt(Map<String, Topology.Node> byId, Topology.Edge edge) {
        Topology.Node from = byId.get(edge.from());
        Topology.Node to = byId.get(edge.to());
        if (from == null || to == null || from.y() == to.y()) {
            return 0.5;
        }
        return to.y() < from.y() ? 0.3 : 0.7;
    }

    private static TopologyGraph.NodeMetrics metrics(Topology.Node node) {
        @Nullable HealthStatus health = node.health();
        return new TopologyGraph.NodeMetrics(
                health == null ? "none" : HealthBadge.tone(health).key(),
                health == null ? "" : HealthBadge.word(health),
                node.reason(),
                node.detail().isBlank() ? kind(node.kind()) : node.detail());
    }

    private static TopologyGraph.EdgeMetrics metrics(Topology.Edge edge) {
        return new TopologyGraph.EdgeMetrics(
                Format.rate(edge.recordsPerSecond()),
                Format.byteRate(edge.bytesPerSecond()),
                edge.dropsPerSecond() > 0 ? Format.rate(edge.dropsPerSecond()) + " dropped" : "",
                width(edge.recordsPerSecond()),
                edge.recordsPerSecond() > 0);
    }

    /** From 1.5 pixels for nothing to 7 for a million records per second, a decade being worth the same everywhere. */
    static double width(double recordsPerSecond) {
        double decades = Math.log10(1 + Math.max(0, recordsPerSecond));
        return Math.round((1.5 + Math.min(6, decades) * (5.5 / 6)) * 10) / 10.0;
    }
}
