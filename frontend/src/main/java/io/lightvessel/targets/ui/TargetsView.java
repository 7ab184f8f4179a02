package io.lightvessel.targets.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.Uses;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.ClusterSelect;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Rows;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.targets.Target;
import io.lightvessel.targets.TargetAnswers;
import io.lightvessel.targets.TargetQuery;
import io.lightvessel.targets.TargetService;
import io.lightvessel.targets.TargetState;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a cluster's gateways scrape and pull profiles from: who owns what, how the last scrape went, when the next is. */
@Route(value = "o/:org/targets", layout = Frame.class)
@PermitAll
@Uses(RelativeTime.class) // drawn by the browser in columns
class TargetsView extends Screen {

    private final transient ClusterService clusters;
    private final transient TargetService targets;

    private final TextField search = new TextField("Filter");
    private final Div notes = new Div();
    private final Div content = new Div();
    private final ReplicaTable replicas = new ReplicaTable();
    private final Card replicaCard = new Card("Replicas", replicas);
    private final Grid<Target> grid = new Grid<>();
    private final Rows<Target> rows;
    private @Nullable Cluster cluster;
    private TargetQuery query = TargetQuery.ALL;
    /** The first page, asked for together with the counts, until the grid takes it. */
    private transient @Nullable TargetAnswers fresh;

    private transient Map<AgentId, String> names = Map.of();

    private enum Content {
        NOTHING_YET,
        NO_GATEWAY,
        NO_TARGETS,
        NO_MATCH,
        TARGETS
    }

    private Content shown = Content.NOTHING_YET;

    TargetsView(ScreenContext context, ClusterService clusters, TargetService targets) {
        super(context);
        this.clusters = clusters;
        this.targets = targets;
        setHeading("Targets");
        addClassName("lv-fill");
        rows = new Rows<>(this::page);

        search.setId("target-filter");
        search.addClassName("lv-grow");
        search.setPlaceholder("Text in job, URL or a label's value");
        search.setPrefixComponent(Icons.SEARCH.create());
        search.setClearButtonVisible(true);
        search.setMaxLength(200);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.setValueChangeTimeout(250);
        search.addFocusShortcut(Key.SLASH).setBrowserDefaultAllowed(false);
        search.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                use(query.state(), event.getValue());
            }
        });

        grid.setId("targets-grid");
        grid.addThemeVariants(GridVariant.LUMO_ROW_STRIPES);
        grid.setSizeFull();
        grid.getElement().setAttribute("aria-label", "Targets");
        new TargetColumns(this).addTo(grid);
        grid.getColumns().forEach(column -> column.setResizable(true).setAutoWidth(false));
        grid.setItemDetailsRenderer(new ComponentRenderer<>(target -> new TargetDetails(target, owner(target))));
        var data = grid.setItems(rows::fetch);
        data.setItemCountEstimate(50);
        data.setItemIndexProvider((item, asked) -> null);
        data.setIdentifierProvider(Target::key);
        content.addClassName("lv-body");
        replicaCard.setId("replicas");
    }

    /** Asking costs the agents work, and a scrape interval is longer than this anyway. */
    @Override
    protected Duration interval() {
        return Duration.ofSeconds(10);
    }

    @Override
    protected void show(Org org, Address address) {
        List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
        Optional<Cluster> chosen = ClusterSelect.chosen(all, address);
        if (chosen.isEmpty()) {
            setSummary("Nothing is scraped yet.");
            setActions();
            setBody(new EmptyState(
                    Icons.TARGETS,
                    "No clusters yet",
                    "The gateways of a cluster scrape its exporters and applications; which of them owns what is shown here.",
                    new Anchor(Paths.clusters(org) + "?connect=1", "Connect a cluster")));
            return;
        }
        Cluster of = chosen.get();
        cluster = of;
        setActions(new ClusterSelect(
                all,
                of,
                other -> getUI().ifPresent(ui ->
                        ui.navigate(Paths.screen(org, "targets"), QueryParameters.of("cluster", other.slug())))));
        String text = address.query("q").orElse("");
        search.setValue(text);
        query = new TargetQuery(null, state(address.query("state").orElse("")), null, text);
        shown = Content.NOTHING_YET;
        Div toolbar = new Div(search, chips());
        toolbar.addClassName("lv-toolbar");
        setBody(toolbar, notes, content, replicaCard);
        refresh(org);
    }

    private static @Nullable TargetState state(String text) {
        return Arrays.stream(TargetState.values())
                .filter(state -> state.wireName().equals(text))
                .findFirst()
                .orElse(null);
    }

    @Override
    protected void refresh(Org org) {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        TargetAnswers answers =
                org.call(() -> targets.list(of.id(), query, PageRequest.parse(PageRequest.MAX_SIZE, null)));
        fresh = answers;
        names = answers.replicas().stream()
                .collect(Collectors.toMap(TargetAnswers.Replica::agent, TargetAnswers.Replica::name));
        replicas.set(org, answers);
        replicaCard.setVisible(!answers.replicas().isEmpty());
        setSummary(summary(of, answers));
        tell(answers);
        place(org, of, answers);
        rows.restart();
        grid.getDataProvider().refreshAll();
    }

    private Page<Target> page(PageRequest request) {
        Cluster of = cluster;
        TargetAnswers known = fresh;
        fresh = null;
        if (known != null && request.after() == null) {
            return known.targets();
        }
        return of == null
                ? new Page<>(List.of(), null)
                : org().call(() -> targets.list(of.id(), query, request)).targets();
    }

    private static String summary(Cluster cluster, TargetAnswers answers) {
        if (answers.replicas().isEmpty()) {
            return "No gateway of " + cluster.name() + " can be asked for its targets.";
        }
        int up = answers.counts().getOrDefault(TargetState.UP, 0);
        int down = answers.counts().getOrDefault(TargetState.DOWN, 0);
        int pending = answers.counts().getOrDefault(TargetState.PENDING, 0);
        int unowned = answers.counts().getOrDefault(TargetState.UNOWNED, 0);
        return Format.count(up + down + pending, "target", "targets") + ": " + up + " up"
                + (down > 0 ? ", " + down + " down" : "")
                + (pending > 0 ? ", " + pending + " not scraped yet" : "")
                + (unowned > 0 ? ", " + unowned + " without an owner" : "")
                + ".";
    }

    private void tell(TargetAnswers answers) {
        notes.removeAll();
        for (TargetAnswers.Replica replica : answers.replicas()) {
            for (String problem : replica.problems()) {
                notes.add(new Note(Tone.WARN, replica.name() + ": " + problem));
            }
        }
    }

    private void place(Org org, Cluster of, TargetAnswers answers) {
        boolean any = answers.counts().values().stream().anyMatch(count -> count > 0);
        Content wanted = answers.replicas().isEmpty()
                ? Content.NO_GATEWAY
                : !answers.targets().items().isEmpty()
                        ? Content.TARGETS
                        : any && !query.equals(TargetQuery.ALL) ? Content.NO_MATCH : Content.NO_TARGETS;
        if (wanted == shown) {
            return;
        }
        shown = wanted;
        content.removeAll();
        content.add(
                switch (wanted) {
                    case TARGETS -> grid;
                    case NO_MATCH -> {
                        Button clear = new Button("Remove the filter", click -> clear());
                        clear.setId("clear-filter");
                        yield new EmptyState(
                                Icons.SEARCH,
                                "No target matches",
                                "The gateways of " + of.name()
                                        + " have targets, but this filter leaves all of them out.",
                                clear);
                    }
                    case NO_GATEWAY ->
                        new EmptyState(
                                Icons.TARGETS,
                                "No gateway to ask",
                                "Targets are asked of the gateways of " + of.name()
                                        + " when somebody looks. None that can answer is connected.",
                                new Anchor(Paths.agents(org, "cluster:" + of.slug()), "Agents of " + of.name()));
                    case NO_TARGETS, NOTHING_YET ->
                        new EmptyState(
                                Icons.TARGETS,
                                "Nothing is scraped",
                                "The stack of " + of.name() + " names no targets, or discovery has found none so far.",
                                new Anchor(Paths.stack(org, of.slug()), "Open the stack"));
                });
    }

    private void clear() {
        search.setValue("");
        use(null, "");
    }

    private void use(@Nullable TargetState state, String text) {
        query = new TargetQuery(null, state, null, text);
        remember("q", text);
        remember("state", state == null ? "" : state.wireName());
        refresh(org());
    }

    private Div chips() {
        Div chips = new Div(chip("All", null));
        for (TargetState state : List.of(TargetState.UP, TargetState.DOWN, TargetState.UNOWNED, TargetState.DROPPED)) {
            chips.add(chip(TargetWords.word(state), state));
        }
        chips.addClassName("lv-actions");
        return chips;
    }

    private Button chip(String label, @Nullable TargetState state) {
        return new Button(label, click -> use(state, query.text()));
    }

    String owner(Target target) {
        return target.owners().isEmpty()
                ? "–"
                : target.owners().stream()
                        .map(agent -> names.getOrDefault(agent, agent.toString()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Targets"));
    }
}
