package io.lightvessel.topology.ui;

import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.react.ReactAdapterComponent;
import com.vaadin.flow.function.SerializableConsumer;
import java.util.List;
import java.util.Map;

/** Draws a topology with React Flow; structure and metrics travel apart, so that a changing rate moves nothing. */
@Tag("topology-graph")
@NpmPackage(value = "@xyflow/react", version = "12.12.1")
@JsModule("./topology/topology-graph.tsx")
class TopologyGraph extends ReactAdapterComponent implements HasSize {

    /** Which things there are, where they stand, and one sentence that says so. */
    record Structure(String summary, List<Node> nodes, List<Edge> edges) {}

    record Node(String id, String kind, String kindWord, String label, double x, double y) {}

    /** @param labelAt where along the edge its rate stands, from 0 to 1, so that rates of crossing edges stay apart */
    record Edge(String id, String from, String to, List<String> signals, String description, double labelAt) {}

    /** Health and rates by node and edge id, in words ready to be shown. */
    record Metrics(Map<String, NodeMetrics> nodes, Map<String, EdgeMetrics> edges, boolean live) {}

    record NodeMetrics(String tone, String word, String reason, String detail) {}

    record EdgeMetrics(String records, String bytes, String drops, double width, boolean flowing) {}

    void setStructure(Structure structure) {
        setState("structure", structure);
    }

    void setMetrics(Metrics metrics) {
        setState("metrics", metrics);
    }

    /** Marks one node or edge; an empty id marks none. */
    void setSelected(String id) {
        setState("selected", id);
    }

    /** Calls back with the id of the node or edge that was chosen, or an empty string when the choice was lifted. */
    void onSelect(SerializableConsumer<String> listener) {
        getElement()
                .addEventListener(
                        "graph-select",
                        event -> listener.accept(
                                event.getEventData().get("event.detail.id").asString("")))
                .addEventData("event.detail.id");
    }
}
