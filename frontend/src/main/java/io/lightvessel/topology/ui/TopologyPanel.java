package io.lightvessel.topology.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.platform.ui.Facts;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.HealthBadge;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.StatusBadge;
import io.lightvessel.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills the panel beside the graph with what is known of the chosen node or edge. */
final class TopologyPanel {

    private TopologyPanel() {}

    /** Whether the id names something that is in the topology. */
    static boolean fill(Section panel, Org org, Topology topology, String id, Runnable close) {
        Optional<Topology.Node> node =
                topology.nodes().stream().filter(n -> n.id().equals(id)).findFirst();
        Optional<Topology.Edge> edge =
                topology.edges().stream().filter(e -> e.id().equals(id)).findFirst();
        if (node.isEmpty() && edge.isEmpty()) {
            return false;
        }
        String title = node.map(Topology.Node::label)
                .or(() -> edge.map(e -> String.join(", ", TopologyWords.signals(e))))
                .orElseThrow();
        // What is shown is compared first: rebuilding the panel every second would take the focus away from it.
        String state =
                node.map(Object::toString).or(() -> edge.map(Object::toString)).orElseThrow();
        if (state.equals(panel.getElement().getProperty("lvShown"))) {
            return true;
        }
        panel.getElement().setProperty("lvShown", state);
        boolean sameThing = id.equals(panel.getElement().getAttribute("data-of"));
        panel.getElement().setAttribute("data-of", id).setAttribute("aria-label", "Details of " + title);
        Component facts = node.isPresent() ? of(org, topology, node.get()) : of(topology, edge.orElseThrow());
        if (sameThing) {
            Component head = panel.getComponentAt(0);
            panel.getChildren().filter(child -> !child.equals(head)).toList().forEach(panel::remove);
            panel.add(facts);
            return true;
        }
        Button closer = new Button(Icons.CLOSE.create(), click -> close.run());
        closer.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        closer.setAriaLabel("Close details");
        Div head = new Div(new H2(title), closer);
        head.addClassName("lv-card-head");
        panel.removeAll();
        panel.add(head, facts);
        return true;
    }

    private static Component of(Org org, Topology topology, Topology.Node node) {
        Facts facts = new Facts().with("Kind", TopologyWords.kind(node.kind()));
        if (!node.detail().isBlank()) {
            facts.with("Detail", node.detail());
        }
        @Nullable HealthStatus health = node.health();
        if (health != null) {
            facts.with("Health", new StatusBadge(HealthBadge.tone(health), HealthBadge.word(health), node.reason()));
            facts.with("Reason", node.reason());
        }
        flow(
                facts,
                "In",
                topology.edges().stream().filter(e -> e.to().equals(node.id())).toList());
        flow(
                facts,
                "Out",
                topology.edges().stream()
                        .filter(e -> e.from().equals(node.id()))
                        .toList());
        @Nullable String ref = node.ref();
        Div content = new Div(facts);
        if (ref != null) {
            content.add(new Anchor(Paths.agent(org, ref), "Open agent"));
        }
        return content;
    }

    private static void flow(Facts facts, String direction, List<Topology.Edge> edges) {
        if (!edges.isEmpty()) {
            facts.with(
                    direction,
                    Format.rate(edges.stream()
                                    .mapToDouble(Topology.Edge::recordsPerSecond)
                                    .sum()) + " records, "
                            + Format.byteRate(edges.stream()
                                    .mapToDouble(Topology.Edge::bytesPerSecond)
                                    .sum()));
        }
    }

    private static Component of(Topology topology, Topology.Edge edge) {
        Map<String, Topology.Node> byId = TopologyWords.byId(topology);
        return new Div(new Facts()
                .with("From", TopologyWords.name(byId, edge.from()))
                .with("To", TopologyWords.name(byId, edge.to()))
                .with("Signals", String.join(", ", TopologyWords.signals(edge)))
                .with("Records", Format.rate(edge.recordsPerSecond()))
                .with("Bytes", Format.byteRate(edge.bytesPerSecond()))
                .with("Dropped", Format.rate(edge.dropsPerSecond())));
    }
}
