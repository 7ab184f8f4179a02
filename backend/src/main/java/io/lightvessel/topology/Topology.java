package io.lightvessel.topology;

import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.TelemetrySignal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The telemetry of a cluster as a graph with positions: at most 150 nodes, the same positions as long as the same
 * things are connected.
 *
 * @param hidden how many sources, agents and backends are drawn as part of an "(other)" node
 */
public record Topology(List<Node> nodes, List<Edge> edges, int hidden, Instant asOf) {

    public Topology {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** What a node stands for. */
    public enum NodeKind {
        SOURCE,
        AGENT,
        BACKEND
    }

    /**
     * A source, an agent or a backend, or several drawn as one.
     *
     * @param detail namespace, host or exporter; may be empty
     * @param tier column from the left, beginning with 0
     * @param x of the node's upper left corner
     * @param health null where nobody knows
     * @param reason why it is so
     * @param count how many things the node stands for
     * @param ref the agent's id, for links; null for all else
     */
    public record Node(
            String id,
            NodeKind kind,
            String label,
            String detail,
            int tier,
            double x,
            double y,
            @Nullable HealthStatus health,
            String reason,
            int count,
            @Nullable String ref) {}

    /** Telemetry on its way from one node to another, all signals together. */
    public record Edge(
            String id,
            String from,
            String to,
            Set<TelemetrySignal> signals,
            double recordsPerSecond,
            double bytesPerSecond,
            double dropsPerSecond) {

        public Edge {
            signals = Set.copyOf(signals);
        }
    }
}
