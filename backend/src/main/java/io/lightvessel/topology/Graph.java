package io.lightvessel.topology;

import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.TelemetrySignal;
import io.lightvessel.topology.Topology.NodeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes and edges without positions. Everything is kept in the order of ids, so nothing depends on who came first. */
final class Graph {
    private final Map<String, Vertex> vertices = new TreeMap<>();
    private final Map<Ends, Flow> flows = new TreeMap<>();

    /**
     * A node-to-be.
     *
     * @param order what decides between nodes that are equally well placed
     */
    record Vertex(
            String id,
            NodeKind kind,
            String label,
            String detail,
            int tier,
            String order,
            @Nullable HealthStatus health,
            String reason,
            int count,
            @Nullable String ref) {}

    /** The two ends of an edge. */
    record Ends(String from, String to) implements Comparable<Ends> {
        @Override
        public int compareTo(Ends other) {
            int first = from.compareTo(other.from);
            return first != 0 ? first : to.compareTo(other.to);
        }
    }

    /** What goes along an edge. */
    static final class Flow {
        private final Set<TelemetrySignal> signals = EnumSet.noneOf(TelemetrySignal.class);
        private double records;
        private double bytes;
        private double drops;

        void add(Set<TelemetrySignal> moreSignals, double moreRecords, double moreBytes, double moreDrops) {
            signals.addAll(moreSignals);
            records += moreRecords;
            bytes += moreBytes;
            drops += moreDrops;
        }

        Set<TelemetrySignal> signals() {
            return signals;
        }

        double records() {
            return records;
        }

        double bytes() {
            return bytes;
        }

        double drops() {
            return drops;
        }
    }

    void put(Vertex vertex) {
        vertices.put(vertex.id(), vertex);
    }

    @Nullable
    Vertex vertex(String id) {
        return vertices.get(id);
    }

    Flow flow(String from, String to) {
        return flows.computeIfAbsent(new Ends(from, to), _ -> new Flow());
    }

    Collection<Vertex> vertices() {
        return vertices.values();
    }

    Map<Ends, Flow> flows() {
        return flows;
    }

    List<Vertex> of(NodeKind kind) {
        List<Vertex> found = new ArrayList<>();
        for (Vertex vertex : vertices.values()) {
            if (vertex.kind() == kind) {
                found.add(vertex);
            }
        }
        return found;
    }
}
