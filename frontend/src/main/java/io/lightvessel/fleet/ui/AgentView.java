package io.lightvessel.fleet.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentFlow;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.links.GrafanaLinks;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.ConfigBadge;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.GrafanaBar;
import io.lightvessel.platform.ui.HealthBadge;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.Tone;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything known of one agent: both axes with their reasons, what passes through it, its parts, what it runs. */
@Route(value = "o/:org/agents/:agent", layout = Frame.class)
@PermitAll
class AgentView extends Screen {

    private final transient AgentService agents;
    private final transient ClusterService clusters;
    private final transient GrafanaLinks links;
    private final transient Clock clock;

    private final Div notes = new Div();
    private final Div facts = new Div();
    private final HealthTree healthTree = new HealthTree();
    private final FlowTables flow = new FlowTables();
    private final CodeBlock effective = new CodeBlock("Text of the effective configuration", "");
    private final Paragraph noEffective = new Paragraph("The agent has not reported what it runs yet.");
    private @Nullable HealthBadge health;
    private @Nullable ConfigBadge config;
    private @Nullable Agent shown;
    private @Nullable Cluster cluster;

    AgentView(ScreenContext context, AgentService agents, ClusterService clusters, GrafanaLinks links) {
        super(context);
        this.agents = agents;
        this.clusters = clusters;
        this.links = links;
        this.clock = context.clock();
        notes.addClassName("lv-body");
        notes.getElement().getStyle().set("flex", "none");
        noEffective.addClassName("lv-soft");
    }

    @Override
    protected void show(Org org, Address address) {
        AgentId id = AgentPath.id(address.required("agent"));
        AgentFlow loaded = org.call(() -> load(id));
        Agent agent = loaded.agent();
        Cluster of = org.call(() -> clusters.find(agent.cluster())).orElse(null);
        cluster = of;
        HealthBadge healthBadge = new HealthBadge(agent.health(), clock);
        healthBadge.setId("agent-health");
        ConfigBadge configBadge = new ConfigBadge(agent.config(), clock);
        configBadge.setId("agent-config");
        health = healthBadge;
        config = configBadge;
        setHeading(agent.name(), healthBadge, configBadge);
        if (of != null) {
            setActions(new GrafanaBar(range ->
                    org.call(() -> links.forAgent(of, agent.instanceUid().toString(), range))));
        }
        Div left = new Div(new Card("Telemetry", flow), new Card("What it runs", effective, noEffective));
        Div right = new Div(new Card("Agent", facts), new Card("Parts", healthTree));
        Div columns = new Div(left, right);
        columns.addClassName("lv-columns");
        setBody(notes, columns);
        shown = null;
        draw(org, loaded);
    }

    @Override
    protected void refresh(Org org) {
        AgentId id = AgentPath.id(address().required("agent"));
        draw(org, org.call(() -> load(id)));
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        Agent agent = shown;
        return List.of(new Crumb("Agents", Paths.agents(org, "")), Crumb.here(agent == null ? "Agent" : agent.name()));
    }

    private AgentFlow load(AgentId id) {
        Agent agent = agents.get(id);
        return agents.flows(agent.cluster()).stream()
                .filter(flow -> flow.agent().id().equals(id))
                .findFirst()
                .orElseGet(() -> new AgentFlow(agent, List.of(), List.of()));
    }

    private void draw(Org org, AgentFlow loaded) {
        Agent agent = loaded.agent();
        HealthBadge healthBadge = Objects.requireNonNull(health);
        ConfigBadge configBadge = Objects.requireNonNull(config);
        healthBadge.set(agent.health());
        configBadge.set(agent.config());
        Cluster of = cluster;
        setSummary(AgentWords.kind(agent) + (of == null ? "" : " in " + of.name()) + " on " + agent.host() + ".");
        drawNotes(agent);
        flow.set(loaded);
        Agent before = shown;
        if (before == null || !AgentFacts.same(before, agent)) {
            facts.removeAll();
            facts.add(AgentFacts.of(org, agent, of));
        }
        healthTree.set(agent.components());
        String text = agent.effectiveConfig();
        effective.setVisible(text != null);
        noEffective.setVisible(text == null);
        effective.setText(text == null ? "" : text);
        shown = agent;
    }

    private void drawNotes(Agent agent) {
        String state = agent.connected()
                + agent.config().status().name()
                + agent.config().reason();
        if (state.equals(notes.getElement().getProperty("lvShown"))) {
            return;
        }
        notes.getElement().setProperty("lvShown", state);
        notes.removeAll();
        if (!agent.connected()) {
            Instant seen = agent.lastSeen();
            Note offline = new Note(
                    Tone.WARN,
                    seen == null
                            ? "This agent has never connected; what is shown is what enrolment knows of it."
                            : "Not connected. What is shown is the last known state, from:",
                    seen == null ? new Div() : new RelativeTime(seen));
            offline.setId("offline-note");
            notes.add(offline);
        }
        HealthStatus status = agent.health().status();
        if (agent.connected() && status != HealthStatus.HEALTHY) {
            Note unwell = new Note(
                    HealthBadge.tone(status),
                    HealthBadge.word(status) + ": " + agent.health().reason());
            unwell.setId("health-note");
            notes.add(unwell);
        }
        switch (agent.config().status()) {
            case FAILED -> {
                Note failed = new Note(
                        Tone.BAD,
                        "The agent refused its configuration and keeps running the one before: "
                                + agent.config().reason());
                failed.setId("config-failed-note");
                notes.add(failed);
            }
            case DRIFTED ->
                notes.add(new Note(
                        Tone.WARN,
                        "The agent runs something else than it should: "
                                + agent.config().reason()));
            case IN_SYNC, PENDING, NONE -> {}
        }
        notes.setVisible(notes.getComponentCount() > 0);
    }
}
