package io.lightvessel.home.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentCounts;
import io.lightvessel.fleet.AgentFilter;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.Rate;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.ClusterSelect;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.Sparkline;
import io.lightvessel.platform.ui.Stat;
import io.lightvessel.platform.ui.Tone;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first screen: numbers that lead to what they count, what needs attention, and the first steps. */
@Route(value = "o/:org/home", layout = Frame.class)
@PermitAll
class HomeView extends Screen {
    private static final int REMEMBERED = 60;

    private final transient ClusterService clusters;
    private final transient AgentService agents;

    private final Sparkline course = new Sparkline(List.of(), "Records received per second since this page was opened");
    private final Deque<Double> history = new ArrayDeque<>();
    private @Nullable Figures figures;

    /** What is shown of one organisation. */
    private record Figures(
            AttentionList attention,
            GettingStarted gettingStarted,
            Stat clusters,
            Stat healthy,
            Stat inSync,
            Stat received,
            Stat dropped) {
        Figures(Org org) {
            this(
                    new AttentionList(org),
                    new GettingStarted(org),
                    new Stat("Clusters", Paths.clusters(org)),
                    new Stat("Agents healthy", Paths.agents(org, "-status:healthy")),
                    new Stat("Config in sync", Paths.agents(org, "-config:in_sync")),
                    new Stat("Received", Paths.screen(org, "topology")),
                    new Stat("Dropped", Paths.screen(org, "topology")));
        }
    }

    HomeView(ScreenContext context, ClusterService clusters, AgentService agents) {
        super(context);
        this.clusters = clusters;
        this.agents = agents;
        setHeading("Home");
    }

    @Override
    protected void show(Org org, Address address) {
        Figures figures = new Figures(org);
        this.figures = figures;
        figures.received().addCourse(course);
        figures.clusters().setId("stat-clusters");
        figures.healthy().setId("stat-healthy");
        figures.inSync().setId("stat-in-sync");
        figures.received().setId("stat-received");
        figures.dropped().setId("stat-dropped");
        history.clear();
        Div numbers =
                new Div(figures.clusters(), figures.healthy(), figures.inSync(), figures.received(), figures.dropped());
        numbers.addClassName("lv-stats");
        Anchor all = new Anchor(Paths.agents(org, ""), "All agents");
        Div left = new Div(new Card("Needs attention", new Component[] {all}, figures.attention()));
        Div right = new Div(figures.gettingStarted());
        Div columns = new Div(left, right);
        columns.addClassName("lv-columns");
        setBody(numbers, columns);
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        Figures figures = this.figures;
        if (figures == null) {
            return;
        }
        List<Cluster> connected = org.call(() -> ClusterSelect.all(clusters));
        AgentCounts counts = org.call(() -> agents.count(AgentFilter.ALL));
        List<Agent> members = new ArrayList<>();
        for (Cluster cluster : connected) {
            members.addAll(org.call(() -> agents.inCluster(cluster.id())));
        }
        Rate received = members.stream().map(agent -> agent.rates().received()).reduce(Rate.ZERO, Rate::plus);
        Rate dropped = members.stream().map(agent -> agent.rates().dropped()).reduce(Rate.ZERO, Rate::plus);
        int healthy = counts.of(HealthStatus.HEALTHY);
        int inSync = counts.of(ConfigStatus.IN_SYNC);
        figures.clusters().set(String.valueOf(connected.size()), "", Tone.NONE, "connected");
        figures.healthy()
                .set(
                        String.valueOf(healthy),
                        " of " + counts.total(),
                        axis(healthy, counts.total()),
                        rest(healthy, counts.total(), "not healthy"));
        figures.inSync()
                .set(
                        String.valueOf(inSync),
                        " of " + counts.total(),
                        axis(inSync, counts.total()),
                        rest(inSync, counts.total(), "not in sync"));
        figures.received()
                .set(
                        Format.number(received.recordsPerSecond()),
                        " records/s",
                        Tone.NONE,
                        Format.byteRate(received.bytesPerSecond()));
        figures.dropped()
                .set(
                        Format.number(dropped.recordsPerSecond()),
                        " records/s",
                        dropped.recordsPerSecond() > 0 ? Tone.BAD : Tone.GOOD,
                        dropped.recordsPerSecond() > 0 ? "see where, in the topology" : "nothing is lost");
        remember(received.recordsPerSecond());
        List<Agent> troubled = members.stream()
                .filter(agent -> agent.health().status() != HealthStatus.HEALTHY
                        || agent.config().status() == ConfigStatus.FAILED
                        || agent.config().status() == ConfigStatus.DRIFTED)
                .toList();
        figures.attention().set(troubled, counts.total());
        figures.gettingStarted()
                .set(
                        !connected.isEmpty(),
                        counts.total() > 0,
                        members.stream().anyMatch(agent -> agent.config().status() == ConfigStatus.IN_SYNC),
                        members.stream().anyMatch(agent -> agent.firstDataAt() != null));
        setSummary(
                troubled.isEmpty()
                        ? counts.total() == 0
                                ? "Nothing is connected yet."
                                : "Everything works and runs what it should."
                        : Format.count(troubled.size(), "agent needs", "agents need") + " attention.");
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(Crumb.here("Home"));
    }

    private void remember(double recordsPerSecond) {
        history.addLast(recordsPerSecond);
        while (history.size() > REMEMBERED) {
            history.removeFirst();
        }
        course.set(
                List.copyOf(history),
                "Records received per second since this page was opened, now " + Format.rate(recordsPerSecond));
    }

    private static Tone axis(int good, int total) {
        return total == 0 ? Tone.NONE : good == total ? Tone.GOOD : Tone.WARN;
    }

    private static String rest(int good, int total, String what) {
        return total == 0 ? "no agents yet" : good == total ? "all of them" : (total - good) + " " + what;
    }
}
