package io.lightvessel.topology;

import io.lightvessel.topology.Topology.NodeKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps a graph small enough to be looked at: what goes beyond the limit of its kind becomes one node. Which nodes stay
 * is decided by name, not by rate, or they would come and go with the numbers.
 */
final class Bounds {
    static final int MAX_NODES = 150;
    private static final int MAX_BACKENDS = 30;
    private static final int MAX_AGENTS = 60;

    private Bounds() {}

    /**
     * A graph within bounds.
     *
     * @param hidden nodes that are part of another now
     */
    record Bounded(Graph graph, int hidden) {}

    static Bounded bound(Graph graph) {
        if (graph.vertices().size() <= MAX_NODES) {
            return new Bounded(graph, 0);
        }
        Graph bounded = new Graph();
        Map<String, String> replaced = new HashMap<>();
        int backends = keep(graph.of(NodeKind.BACKEND), MAX_BACKENDS, "backends", bounded, replaced);
        int agents = 0;
        Set<Integer> tiers = new HashSet<>();
        graph.of(NodeKind.AGENT).forEach(vertex -> tiers.add(vertex.tier()));
        for (int tier : tiers.stream().sorted().toList()) {
            List<Graph.Vertex> column = graph.of(NodeKind.AGENT).stream()
                    .filter(vertex -> vertex.tier() == tier)
                    .toList();
            agents += keep(column, MAX_AGENTS / tiers.size(), "agents-" + tier, bounded, replaced);
        }
        keep(graph.of(NodeKind.SOURCE), MAX_NODES - backends - agents, "sources", bounded, replaced);
        graph.flows().forEach((ends, flow) -> {
            String from = replaced.getOrDefault(ends.from(), ends.from());
            String to = replaced.getOrDefault(ends.to(), ends.to());
            if (!from.equals(to)) {
                bounded.flow(from, to).add(flow.signals(), flow.records(), flow.bytes(), flow.drops());
            }
        });
        return new Bounded(bounded, replaced.size());
    }

    private static int keep(
            List<Graph.Vertex> column, int limit, String group, Graph into, Map<String, String> replaced) {
        List<Graph.Vertex> ordered = column.stream()
                .sorted(Comparator.comparing(Graph.Vertex::order).thenComparing(Graph.Vertex::id))
                .toList();
        if (ordered.size() <= limit) {
            ordered.forEach(into::put);
            return ordered.size();
        }
        ordered.subList(0, limit - 1).forEach(into::put);
        List<Graph.Vertex> rest = ordered.subList(limit - 1, ordered.size());
        String id = "other:" + group;
        rest.forEach(vertex -> replaced.put(vertex.id(), id));
        Graph.Vertex first = rest.getFirst();
        into.put(new Graph.Vertex(
                id,
                first.kind(),
                "(other)",
                rest.size() + " more",
                first.tier(),
                "\uffff",
                null,
                "",
                rest.size(),
                null));
        return limit;
    }
}
