package io.lightvessel.topology.ui;

import com.vaadin.flow.component.html.Div;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.HealthBadge;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.platform.ui.SmallTable.Cell;
import io.lightvessel.platform.ui.SmallTable.Column;
import io.lightvessel.topology.Topology;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The graph's twin: the same nodes and edges as two tables. */
class TopologyTables extends Div {

    private final SmallTable flows = new SmallTable(
            "What flows from where to where",
            Column.text("From"),
            Column.text("To"),
            Column.text("Signals"),
            Column.number("Records"),
            Column.number("Bytes"),
            Column.number("Dropped"));
    private final SmallTable nodes = new SmallTable(
            "All of them with their health",
            Column.text("Name"),
            Column.text("Kind"),
            Column.text("Detail"),
            Column.text("Health"),
            Column.text("Reason"));

    TopologyTables() {
        setId("topology-table");
        addClassName("lv-body");
        add(new Card("Flows", flows), new Card("Sources, agents and backends", nodes));
    }

    void set(Org org, Topology topology) {
        Map<String, Topology.Node> byId = TopologyWords.byId(topology);
        flows.setRows(topology.edges().stream()
                .map(edge -> List.of(
                        Cell.of(TopologyWords.name(byId, edge.from())),
                        Cell.of(TopologyWords.name(byId, edge.to())),
                        Cell.of(String.join(", ", TopologyWords.signals(edge))),
                        Cell.of(Format.rate(edge.recordsPerSecond())),
                        Cell.of(Format.byteRate(edge.bytesPerSecond())),
                        Cell.of(Format.rate(edge.dropsPerSecond()))))
                .toList());
        nodes.setRows(topology.nodes().stream().map(node -> row(org, node)).toList());
    }

    private static List<Cell> row(Org org, Topology.Node node) {
        @Nullable String ref = node.ref();
        @Nullable HealthStatus health = node.health();
        return List.of(
                new Cell(node.label(), ref == null ? "" : Paths.agent(org, ref)),
                Cell.of(TopologyWords.kind(node.kind())),
                Cell.of(node.detail()),
                Cell.of(health == null ? "–" : HealthBadge.word(health)),
                Cell.of(node.reason()));
    }
}
