package io.lightvessel.fleet.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.Uses;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentCounts;
import io.lightvessel.fleet.AgentFilter;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.ClusterSelect;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Rows;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The inventory: every agent with health and config as two columns, found by the filter. */
@Route(value = "o/:org/agents", layout = Frame.class)
@PermitAll
@Uses(RelativeTime.class) // drawn by the browser in a column
class AgentsView extends Screen {

    private final transient AgentService agents;
    private final transient ClusterService clusters;

    private final TextField search = new TextField("Filter");
    private final Div content = new Div();
    private final Grid<Agent> grid = new Grid<>();
    private final Rows<Agent> rows;
    private AgentFilter filter = AgentFilter.ALL;
    private Map<ClusterId, Cluster> clusterById = Map.of();
    private int total = -1;
    private int matching = -1;

    AgentsView(ScreenContext context, AgentService agents, ClusterService clusters) {
        super(context);
        this.agents = agents;
        this.clusters = clusters;
        setHeading("Agents");
        addClassName("lv-fill");
        rows = new Rows<>(request -> org().call(() -> agents.list(filter, request)));

        search.setId("agent-filter");
        search.addClassName("lv-grow");
        search.setPlaceholder("gateway-1   status:down   cluster:prod-*   -role:collector");
        search.setPrefixComponent(Icons.SEARCH.create());
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.setValueChangeTimeout(150);
        search.addFocusShortcut(Key.SLASH).setBrowserDefaultAllowed(false);
        search.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                apply(event.getValue());
                remember("q", event.getValue());
            }
        });

        grid.setId("agents-grid");
        grid.addThemeVariants(GridVariant.LUMO_ROW_STRIPES);
        grid.setSizeFull();
        grid.setColumnReorderingAllowed(true);
        grid.getElement().setAttribute("aria-label", "Agents");
        new AgentColumns(this, context.clock()).addTo(grid);
        grid.getColumns().forEach(column -> column.setResizable(true).setAutoWidth(false));
        grid.addItemClickListener(click -> open(click.getItem()));
        var data = grid.setItems(rows::fetch);
        data.setItemCountEstimate(50);
        data.setItemIndexProvider((item, query) -> null);
        content.addClassName("lv-body");
    }

    @Override
    protected void show(Org org, Address address) {
        String query = address.query("q").orElse("");
        search.setValue(query);
        Anchor enrol = new Anchor(Paths.enrolment(org) + "?new=1", "Enrol an agent");
        enrol.setId("enrol-agent");
        setActions(enrol);
        apply(query);
        Div toolbar = new Div(search, quickFilters());
        toolbar.addClassName("lv-toolbar");
        setBody(toolbar, content);
    }

    @Override
    protected void refresh(Org org) {
        load(org);
        rows.restart();
        grid.getDataProvider().refreshAll();
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Agents"));
    }

    Org shownOrg() {
        return org();
    }

    String clusterName(ClusterId id) {
        Cluster cluster = clusterById.get(id);
        return cluster == null ? "–" : cluster.name();
    }

    private void apply(String text) {
        try {
            filter = AgentFilter.parse(text);
            search.setInvalid(false);
        } catch (LightvesselException e) {
            // The list keeps what it showed; the field says what is wrong with the new filter.
            search.setErrorMessage(ErrorSentence.of(e));
            search.setInvalid(true);
        }
        refresh(org());
    }

    private void load(Org org) {
        clusterById = org.call(() -> ClusterSelect.all(clusters)).stream()
                .collect(Collectors.toMap(Cluster::id, cluster -> cluster));
        AgentCounts all = org.call(() -> agents.count(AgentFilter.ALL));
        AgentCounts found = org.call(() -> agents.count(filter));
        setSummary(summary(all));
        boolean changed = total != all.total() || (matching == 0) != (found.total() == 0);
        total = all.total();
        matching = found.total();
        if (changed || content.getComponentCount() == 0) {
            content.removeAll();
            content.add(total == 0 ? noAgents(org) : matching == 0 ? noMatch() : grid);
        }
    }

    private static String summary(AgentCounts counts) {
        return Format.count(counts.total(), "agent", "agents") + ": "
                + counts.of(HealthStatus.HEALTHY) + " healthy, "
                + counts.of(ConfigStatus.IN_SYNC) + " in sync"
                + (counts.of(HealthStatus.DOWN) > 0 ? ", " + counts.of(HealthStatus.DOWN) + " down" : "")
                + (counts.of(ConfigStatus.FAILED) > 0
                        ? ", " + counts.of(ConfigStatus.FAILED) + " with a failed config"
                        : "")
                + ".";
    }

    private Div quickFilters() {
        Div chips = new Div(
                chip("All", ""),
                chip("Not healthy", "-status:healthy"),
                chip("Not in sync", "-config:in_sync"),
                chip("Gateways", "role:gateway"),
                chip("Collectors", "role:collector"));
        chips.addClassName("lv-actions");
        return chips;
    }

    private Button chip(String label, String query) {
        return new Button(label, click -> use(query));
    }

    private void use(String query) {
        search.setValue(query);
        apply(query);
        remember("q", query);
    }

    private EmptyState noAgents(Org org) {
        return new EmptyState(
                Icons.AGENTS,
                "No agents yet",
                "Agents join with an enrolment token. Create one and run the command it shows on a host or in a cluster.",
                new Anchor(Paths.enrolment(org) + "?new=1", "Create an enrolment token"));
    }

    private EmptyState noMatch() {
        Button clear = new Button("Remove the filter", click -> use(""));
        clear.setId("clear-filter");
        return new EmptyState(
                Icons.SEARCH,
                "No agent matches " + search.getValue(),
                "There " + (total == 1 ? "is 1 agent" : "are " + total + " agents") + " that this filter leaves out.",
                clear);
    }

    private void open(Agent agent) {
        getUI().ifPresent(ui -> ui.navigate(Paths.agent(org(), agent.id().value())));
    }
}
