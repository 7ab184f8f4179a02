package io.lightvessel.topology.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.ClusterSelect;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.topology.Topology;
import io.lightvessel.topology.TopologyService;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows where a cluster's telemetry comes from and goes to, with live rates, as a graph or as a table. */
@Route(value = "o/:org/topology", layout = Frame.class)
@PermitAll
class TopologyView extends Screen {

    private final transient ClusterService clusters;
    private final transient TopologyService topologies;

    private final Button pause = new Button();
    private final Button twin = new Button();
    private final Div stage = new Div();
    private final Section panel = new Section();
    private @Nullable Cluster cluster;
    private @Nullable TopologyGraph graph;
    private @Nullable TopologyTables tables;
    private @Nullable Topology shown;
    private TopologyGraph.@Nullable Structure structure;
    private String selected = "";
    private boolean paused;
    private boolean asTable;

    TopologyView(ScreenContext context, ClusterService clusters, TopologyService topologies) {
        super(context);
        this.clusters = clusters;
        this.topologies = topologies;
        setHeading("Topology");
        addClassName("lv-fill");
        stage.addClassName("lv-topology-stage");
        panel.addClassNames("lv-card", "lv-topology-panel");
        panel.setId("topology-panel");
        pause.setId("topology-pause");
        pause.addClickListener(click -> setPaused(!paused));
        twin.setId("topology-table-toggle");
        twin.addClickListener(click -> setTable(!asTable));
    }

    @Override
    protected void show(Org org, Address address) {
        List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
        Optional<Cluster> chosen = ClusterSelect.chosen(all, address);
        if (chosen.isEmpty()) {
            setSummary("Nothing flows yet.");
            setActions();
            setBody(new EmptyState(
                    Icons.CLUSTERS,
                    "No clusters yet",
                    "The topology shows where telemetry comes from and goes to. Connect a cluster first.",
                    new Anchor(Paths.clusters(org) + "?connect=1", "Connect a cluster")));
            return;
        }
        cluster = chosen.get();
        selected = address.query("sel").orElse("");
        asTable = address.query("as").filter("table"::equals).isPresent();
        graph = null;
        tables = null;
        structure = null;
        setActions(
                new ClusterSelect(
                        all,
                        cluster,
                        other -> getUI().ifPresent(ui -> ui.navigate(
                                "o/" + org.slug() + "/topology", QueryParameters.of("cluster", other.slug())))),
                pause,
                twin);
        wordButtons();
        load(org);
    }

    @Override
    protected void refresh(Org org) {
        if (!paused && cluster != null) {
            load(org);
        }
    }

    @Override
    protected Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Topology"));
    }

    private void load(Org org) {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        draw(org, of, org.call(() -> topologies.graph(of.id())));
    }

    private void draw(Org org, Cluster of, Topology topology) {
        shown = topology;
        if (topology.nodes().isEmpty()) {
            graph = null;
            tables = null;
            setSummary("Nothing flows in " + of.name() + " yet.");
            setBody(new EmptyState(
                    Icons.TOPOLOGY,
                    "Nothing flows yet",
                    "No agent of " + of.name() + " has reported telemetry. Enrol one, and point an application at it.",
                    new Anchor(Paths.enrolment(org) + "?new=1&cluster=" + of.slug(), "Enrol an agent")));
            return;
        }
        setSummary(TopologyWords.summary(topology));
        if (asTable) {
            drawTables(topology);
        } else {
            drawGraph(of, topology);
        }
        showPanel(org);
    }

    private void drawGraph(Cluster of, Topology topology) {
        TopologyGraph target = graph;
        if (target == null) {
            target = new TopologyGraph();
            target.setId("topology-graph");
            target.onSelect(this::select);
            target.setSelected(selected);
            graph = target;
            tables = null;
            structure = null;
            stage.removeAll();
            stage.add(target);
            Div row = new Div(stage, panel);
            row.addClassName("lv-topology");
            setBody(row, new TopologyLegend());
        }
        TopologyGraph.Structure next = TopologyWords.structure(of.name(), topology);
        if (!next.equals(structure)) {
            structure = next;
            target.setStructure(next);
        }
        target.setMetrics(TopologyWords.metrics(topology, !paused));
    }

    private void drawTables(Topology topology) {
        TopologyTables target = tables;
        if (target == null) {
            target = new TopologyTables();
            tables = target;
            graph = null;
            setBody(target);
        }
        target.set(org(), topology);
    }

    private void select(String id) {
        selected = id;
        remember("sel", id);
        TopologyGraph target = graph;
        if (target != null) {
            target.setSelected(id);
        }
        showPanel(org());
    }

    private void showPanel(Org org) {
        Topology topology = shown;
        boolean visible =
                !asTable && topology != null && TopologyPanel.fill(panel, org, topology, selected, () -> select(""));
        panel.setVisible(visible);
    }

    private void setPaused(boolean now) {
        paused = now;
        wordButtons();
        Topology topology = shown;
        TopologyGraph target = graph;
        if (now && topology != null && target != null) {
            target.setMetrics(TopologyWords.metrics(topology, false));
        } else if (!now) {
            load(org());
        }
    }

    private void setTable(boolean now) {
        asTable = now;
        remember("as", now ? "table" : "");
        wordButtons();
        Topology topology = shown;
        Cluster of = cluster;
        if (topology != null && of != null) {
            draw(org(), of, topology);
        }
    }

    private void wordButtons() {
        pause.setText(paused ? "Resume" : "Pause");
        pause.setIcon((paused ? Icons.PLAY : Icons.PAUSE).create());
        twin.setText(asTable ? "Graph" : "Table");
        twin.setIcon((asTable ? Icons.TOPOLOGY : Icons.TABLE).create());
    }
}
