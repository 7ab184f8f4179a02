package io.lightvessel.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Places nodes in columns by tier, and within a column next to what they are connected to: two passes of barycentres,
 * one from either side. Looks at structure only, never at rates, so numbers that change move nothing.
 */
final class Layout {
    static final double COLUMN = 320;
    static final double ROW = 120;

    private final Graph graph;
    private final TreeMap<Integer, List<Graph.Vertex>> columns = new TreeMap<>();
    private final Map<String, List<String>> before = new HashMap<>();
    private final Map<String, List<String>> after = new HashMap<>();
    private final Map<String, Integer> rows = new HashMap<>();

    private Layout(Graph graph) {
        this.graph = graph;
    }

    /**
     * The place of a node's upper left corner. A tier keeps its column while it is empty, or the first source to come
     * would push everything to the right.
     */
    record Place(double x, double y) {}

    static Map<String, Place> of(Graph graph) {
        return new Layout(graph).places();
    }

    private Map<String, Place> places() {
        graph.vertices().stream()
                .sorted(Comparator.comparing(Graph.Vertex::order).thenComparing(Graph.Vertex::id))
                .forEach(vertex -> columns.computeIfAbsent(vertex.tier(), _ -> new ArrayList<>())
                        .add(vertex));
        graph.flows().keySet().forEach(ends -> {
            after.computeIfAbsent(ends.from(), _ -> new ArrayList<>()).add(ends.to());
            before.computeIfAbsent(ends.to(), _ -> new ArrayList<>()).add(ends.from());
        });
        columns.values().forEach(this::number);
        columns.values().forEach(column -> arrange(column, before));
        columns.descendingMap().values().forEach(column -> arrange(column, after));
        int tallest = columns.values().stream().mapToInt(List::size).max().orElse(0);
        Map<String, Place> places = new HashMap<>();
        columns.forEach((tier, column) -> {
            double top = (tallest - column.size()) * ROW / 2;
            for (int row = 0; row < column.size(); row++) {
                places.put(column.get(row).id(), new Place(tier * COLUMN, top + row * ROW));
            }
        });
        return places;
    }

    private void number(List<Graph.Vertex> column) {
        for (int row = 0; row < column.size(); row++) {
            rows.put(column.get(row).id(), row);
        }
    }

    private void arrange(List<Graph.Vertex> column, Map<String, List<String>> neighbours) {
        Map<String, Double> centres = new HashMap<>();
        for (Graph.Vertex vertex : column) {
            centres.put(
                    vertex.id(),
                    neighbours.getOrDefault(vertex.id(), List.of()).stream()
                            .mapToInt(id -> rows.getOrDefault(id, 0))
                            .average()
                            .orElse(rows.getOrDefault(vertex.id(), 0)));
        }
        column.sort(Comparator.comparingDouble((Graph.Vertex vertex) -> centres.getOrDefault(vertex.id(), 0.0))
                .thenComparing(Graph.Vertex::order)
                .thenComparing(Graph.Vertex::id));
        number(column);
    }
}
