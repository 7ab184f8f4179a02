package io.lightvessel.cluster.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
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
import io.lightvessel.links.GrafanaLinks;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.ConfirmDialogs;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.Facts;
import io.lightvessel.platform.ui.FleetBadges;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.GrafanaBar;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.ReplicaBar;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.Stat;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.scaling.ScalingService;
import io.lightvessel.scaling.ScalingView;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One cluster at a glance: its agents on both axes, what passes, its stack and its scaling. */
@Route(value = "o/:org/clusters/:cluster", layout = Frame.class)
@PermitAll
class ClusterView extends Screen {

    private final transient ClusterService clusters;
    private final transient AgentService agents;
    private final transient StackService stacks;
    private final transient ScalingService scaling;
    private final transient GrafanaLinks links;
    private final transient ScreenContext context;

    private final ReplicaBar replicas = new ReplicaBar();
    private @Nullable Cluster cluster;
    private @Nullable FleetBadges badges;
    private @Nullable ClusterAgents table;
    private @Nullable Stat received;
    private @Nullable Stat delivered;
    private @Nullable Stat dropped;

    ClusterView(
            ScreenContext context,
            ClusterService clusters,
            AgentService agents,
            StackService stacks,
            ScalingService scaling,
            GrafanaLinks links) {
        super(context);
        this.context = context;
        this.clusters = clusters;
        this.agents = agents;
        this.stacks = stacks;
        this.scaling = scaling;
        this.links = links;
    }

    @Override
    protected void show(Org org, Address address) {
        Cluster of = org.call(() -> clusters.get(address.required("cluster")));
        cluster = of;
        Span environment = new Span(of.environment());
        environment.addClassName("lv-tag");
        environment.setVisible(!of.environment().isBlank());
        setHeading(of.name(), environment);
        setActions(new GrafanaBar(range -> org.call(() -> links.forCluster(of, range))));
        FleetBadges sums = new FleetBadges(org, "cluster:" + of.slug());
        badges = sums;
        ClusterAgents list = new ClusterAgents(org, context.clock());
        table = list;
        Stat in = new Stat("Received", Paths.topology(org, of.slug()));
        Stat out = new Stat("Delivered", Paths.topology(org, of.slug()));
        Stat lost = new Stat("Dropped", Paths.topology(org, of.slug()));
        received = in;
        delivered = out;
        dropped = lost;
        Div stats = new Div(in, out, lost);
        stats.addClassName("lv-stats");
        Anchor enrol = new Anchor(Paths.enrolment(org) + "?new=1&cluster=" + of.slug(), "Enrol an agent");
        Anchor all = new Anchor(Paths.agents(org, "cluster:" + of.slug()), "All agents");
        Div left = new Div(stats, new Card("Agents", new Component[] {all, enrol}, sums, list));
        Div right = new Div(stackCard(org, of), scalingCard(org, of), factsCard(org, of));
        Div columns = new Div(left, right);
        columns.addClassName("lv-columns");
        setBody(columns);
        refresh(org);
    }

    @Override
    protected void refresh(Org org) {
        Cluster of = cluster;
        FleetBadges sums = badges;
        ClusterAgents list = table;
        Stat in = received;
        Stat out = delivered;
        Stat lost = dropped;
        if (of == null || sums == null || list == null || in == null || out == null || lost == null) {
            return;
        }
        AgentCounts counts = org.call(() -> agents.count(AgentFilter.ALL.and("cluster", of.slug())));
        List<Agent> members = org.call(() -> agents.inCluster(of.id()));
        sums.set(counts);
        list.set(members);
        rate(in, members.stream().map(agent -> agent.rates().received()).reduce(Rate.ZERO, Rate::plus), Tone.NONE);
        rate(out, members.stream().map(agent -> agent.rates().delivered()).reduce(Rate.ZERO, Rate::plus), Tone.NONE);
        Rate drops = members.stream().map(agent -> agent.rates().dropped()).reduce(Rate.ZERO, Rate::plus);
        rate(lost, drops, drops.recordsPerSecond() > 0 ? Tone.BAD : Tone.NONE);
        ScalingView view = org.call(() -> scaling.view(of));
        replicas.set(view.policy(), view.currentReplicas());
        setSummary(Format.count(counts.total(), "agent", "agents") + ", "
                + counts.of(HealthStatus.HEALTHY) + " healthy, "
                + counts.of(ConfigStatus.IN_SYNC) + " in sync with the stack.");
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        Cluster of = cluster;
        return List.of(new Crumb("Clusters", Paths.clusters(org)), Crumb.here(of == null ? "Cluster" : of.name()));
    }

    private static void rate(Stat stat, Rate rate, Tone tone) {
        stat.set(Format.number(rate.recordsPerSecond()), " records/s", tone, Format.byteRate(rate.bytesPerSecond()));
    }

    private Card stackCard(Org org, Cluster of) {
        Optional<StackRevision> current = org.call(() -> stacks.current(of.id()));
        Anchor edit =
                new Anchor(Paths.stack(org, of.slug()), current.isPresent() ? "Open the stack" : "Declare the stack");
        edit.setId("open-stack");
        if (current.isEmpty()) {
            Paragraph none = new Paragraph("No stack is declared; agents of this cluster run nothing yet.");
            none.addClassName("lv-soft");
            return new Card("Stack", none, edit);
        }
        StackRevision revision = current.get();
        Facts facts = new Facts()
                .with("Revision", String.valueOf(revision.number()))
                .with("Saved", new RelativeTime(revision.createdAt()))
                .with("By", ActorWords.of(revision.author()))
                .with("Message", revision.message());
        if (!revision.isReleased()) {
            facts.with("Approval", approval(revision));
        }
        return new Card("Stack", facts, edit);
    }

    private static String approval(StackRevision revision) {
        return revision.approval() != null && revision.approval().isPending()
                ? "waits for somebody else"
                : "rejected; agents go on with an earlier one";
    }

    private Card scalingCard(Org org, Cluster of) {
        return new Card("Gateway scaling", replicas, new Anchor(Paths.scaling(org, of.slug()), "Open scaling"));
    }

    private Card factsCard(Org org, Cluster of) {
        Button delete = new Button("Delete cluster…", click -> delete(org, of));
        delete.setId("delete-cluster");
        delete.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_TERTIARY);
        Facts facts = new Facts()
                .with("Name in addresses", of.slug())
                .with("Connected", new RelativeTime(of.createdAt()))
                .with("By", ActorWords.of(of.createdBy()));
        of.labels().forEach(facts::with);
        return new Card("Cluster", facts, Permit.orReason(org, Permission.CLUSTER_DELETE, delete));
    }

    private void delete(Org org, Cluster of) {
        ConfirmDialogs.destructive(
                "Delete cluster " + of.name() + "?",
                "Its stack with all revisions, its enrolment tokens and its agents' credentials are deleted for good."
                        + " Agents that run keep their last configuration until they are stopped.",
                "Delete " + of.name(),
                () -> {
                    org.run(() -> clusters.delete(of.slug(), of.version()));
                    Notifications.done("Cluster " + of.name() + " is deleted.");
                    getUI().ifPresent(ui -> ui.navigate(Paths.clusters(org)));
                });
    }
}
