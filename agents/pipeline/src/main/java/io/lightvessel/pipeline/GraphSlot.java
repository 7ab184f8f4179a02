package io.lightvessel.pipeline;

/** Holds the graph in charge; whoever enters is sure to be in that one until he leaves. */
final class GraphSlot {

    private volatile Graph current = Graph.EMPTY;

    Graph current() {
        return current;
    }

    /** Counts the caller in; looks again afterwards, for the graph may have been replaced in between. */
    Graph enter() {
        while (true) {
            Graph graph = current;
            graph.enter();
            if (graph == current) {
                return graph;
            }
            graph.leave();
        }
    }

    void replace(Graph next) {
        current = next;
    }
}
