package io.lightvessel.profiles.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.AgentId;
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
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.profiles.ProfileAnswers;
import io.lightvessel.profiles.ProfileService;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the CPUs of a cluster's nodes ran in the last minutes: one graph of a node, a service or a process. */
@Route(value = "o/:org/profiles", layout = Frame.class)
@PermitAll
class ProfilesView extends Screen {
    private final transient ClusterService clusters;
    private final transient ProfileService profiles;

    private final Div notes = new Div();
    private final Div content = new Div();
    private final FlameGraph graph = new FlameGraph();
    private final ProcessTable processes = new ProcessTable();
    private final Card graphCard = new Card("Flame graph", graph);
    private final Card processCard = new Card("Processes", processes);
    private final ProfileChoice choice = new ProfileChoice(this::use);
    private @Nullable Cluster cluster;
    private @Nullable String shown;

    ProfilesView(ScreenContext context, ClusterService clusters, ProfileService profiles) {
        super(context);
        this.clusters = clusters;
        this.profiles = profiles;
        setHeading("Profiles");
        content.addClassName("lv-body");
        graphCard.setId("flame-graph");
        processCard.setId("processes");
    }

    /** Samples come in intervals of that length, and asking costs the agents work. */
    @Override
    protected Duration interval() {
        return Duration.ofSeconds(15);
    }

    @Override
    protected void show(Org org, Address address) {
        List<Cluster> all = org.call(() -> ClusterSelect.all(clusters));
        Optional<Cluster> chosen = ClusterSelect.chosen(all, address);
        if (chosen.isEmpty()) {
            setSummary("Nothing is profiled yet.");
            setActions();
            setBody(new EmptyState(
                    Icons.PROFILES,
                    "No clusters yet",
                    "The collectors on a cluster's nodes sample what every process runs; that is shown here.",
                    new Anchor(Paths.clusters(org) + "?connect=1", "Connect a cluster")));
            return;
        }
        cluster = chosen.get();
        shown = null;
        setActions(new ClusterSelect(
                all,
                chosen.get(),
                other -> getUI().ifPresent(ui ->
                        ui.navigate(Paths.screen(org, "profiles"), QueryParameters.of("cluster", other.slug())))));
        choice.read(address);
        setBody(choice, notes, content);
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        ProfileAnswers answers = org.call(() -> profiles.find(of.id(), choice.query()));
        Map<AgentId, String> names = new HashMap<>();
        answers.profilers().forEach(profiler -> names.put(profiler.agent(), profiler.name()));
        choice.offer(answers);
        List<ProfileAnswers.Process> ran =
                answers.processes().stream().filter(choice::includes).toList();
        long whole = ran.stream().mapToLong(ProfileAnswers.Process::cpuNanos).sum();
        setSummary(summary(of, answers, ran.size(), whole));
        tell(answers);
        place(org, of, answers);
        graph.set(answers);
        processes.set(ran, whole, names, process -> choice.pathOf(org, of, process));
    }

    private static String summary(Cluster cluster, ProfileAnswers answers, int count, long whole) {
        if (answers.profilers().isEmpty()) {
            return "No agent of " + cluster.name() + " can be asked for profiles.";
        }
        return answers.to() == null
                ? "Nothing was sampled in these minutes."
                : Format.count(count, "process", "processes") + ", " + ProcessTable.seconds(whole) + " of CPU time on "
                        + Format.count(
                                answers.profilers().stream()
                                        .filter(ProfileAnswers.Profiler::configured)
                                        .count(),
                                "node",
                                "nodes")
                        + ".";
    }

    private void tell(ProfileAnswers answers) {
        notes.removeAll();
        for (ProfileAnswers.Profiler profiler : answers.profilers()) {
            if (profiler.silent() != null) {
                notes.add(new Note(Tone.WARN, profiler.name() + ": " + profiler.silent()));
            }
            profiler.problems().forEach(problem -> notes.add(new Note(Tone.WARN, profiler.name() + ": " + problem)));
        }
    }

    private void place(Org org, Cluster of, ProfileAnswers answers) {
        boolean configured = answers.profilers().stream().anyMatch(ProfileAnswers.Profiler::configured);
        String wanted = !answers.nodes().isEmpty()
                ? "graph"
                : answers.profilers().isEmpty() ? "nobody" : configured ? "nothing" : "off";
        if (wanted.equals(shown)) {
            return;
        }
        shown = wanted;
        content.removeAll();
        switch (wanted) {
            case "graph" -> content.add(graphCard, processCard);
            case "nobody" ->
                content.add(new EmptyState(
                        Icons.PROFILES,
                        "No agent to ask",
                        "Profiles are asked of the collectors of " + of.name()
                                + " when somebody looks. None that can answer is connected.",
                        new Anchor(Paths.agents(org, "cluster:" + of.slug()), "Agents of " + of.name())));
            case "off" ->
                content.add(new EmptyState(
                        Icons.PROFILES,
                        "No profiler is configured",
                        "The collectors of " + of.name()
                                + " are connected, but their config has no ebpf receiver in a profiles pipeline.",
                        new Anchor(Paths.stack(org, of.slug()), "Open the stack")));
            default ->
                content.add(new EmptyState(
                        Icons.PROFILES,
                        "Nothing was sampled",
                        "The profilers of " + of.name()
                                + " saw nothing of what is asked for in these minutes. What keeps them from it is said above, if anything does.",
                        new Anchor(
                                Paths.screen(org, "profiles") + "?cluster=" + of.slug(), "Show all that was sampled")));
        }
    }

    private void use() {
        choice.remember(this::remember);
        refresh(org());
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Profiles"));
    }
}
