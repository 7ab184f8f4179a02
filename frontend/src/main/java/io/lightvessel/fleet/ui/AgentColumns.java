package io.lightvessel.fleet.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.platform.ui.ConfigBadge;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.HealthBadge;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Tone;
import java.time.Clock;
import java.util.function.Function;

/** The columns of the agents' list, drawn by the browser so that a refreshed row changes in place. */
final class AgentColumns {

    private static final String STATUS = """
            <span class="lv-status" data-tone=${item.tone} data-status=${item.word}>\
            <span class="lv-icon" .innerHTML=${item.icon}></span><span>${item.word}</span></span>\
            """;

    private final AgentsView view;
    private final Clock clock;

    AgentColumns(AgentsView view, Clock clock) {
        this.view = view;
        this.clock = clock;
    }

    void addTo(Grid<Agent> grid) {
        grid.addColumn(LitRenderer.<Agent>of("<a href=${item.href}>${item.name}</a>")
                        .withProperty(
                                "href",
                                agent -> Paths.agent(view.shownOrg(), agent.id().value()))
                        .withProperty("name", Agent::name))
                .setHeader("Name")
                .setKey("name")
                .setFlexGrow(2)
                .setWidth("170px")
                .setTooltipGenerator(Agent::host);
        grid.addColumn(AgentWords::kind).setHeader("Role").setKey("role").setWidth("105px");
        grid.addColumn(agent -> view.clusterName(agent.cluster()))
                .setHeader("Cluster")
                .setKey("cluster")
                .setWidth("120px");
        grid.addColumn(status(
                        agent -> HealthBadge.tone(agent.health().status()),
                        agent -> HealthBadge.word(agent.health().status()),
                        agent -> icon(agent.health().status())))
                .setHeader("Health")
                .setKey("health")
                .setWidth("130px")
                .setTooltipGenerator(agent -> HealthBadge.explain(agent.health(), clock));
        grid.addColumn(status(
                        agent -> ConfigBadge.tone(agent.config().status()),
                        agent -> ConfigBadge.word(agent.config().status()),
                        agent -> icon(agent.config().status())))
                .setHeader("Config")
                .setKey("config")
                .setWidth("125px")
                .setTooltipGenerator(agent -> ConfigBadge.explain(agent.config(), clock));
        grid.addColumn(Agent::version).setHeader("Version").setKey("version").setWidth("130px");
        number(grid, "In", "in", agent -> Format.rate(agent.rates().received().recordsPerSecond()), "records received");
        number(
                grid,
                "Out",
                "out",
                agent -> Format.rate(agent.rates().delivered().recordsPerSecond()),
                "records delivered");
        number(
                grid,
                "Dropped",
                "dropped",
                agent -> Format.rate(agent.rates().dropped().recordsPerSecond()),
                "records dropped");
        grid.addColumn(LitRenderer.<Agent>of("<relative-time at=${item.at}></relative-time>")
                        .withProperty("at", agent -> {
                            var seen = agent.lastSeen();
                            return seen == null ? "" : Long.toString(seen.toEpochMilli());
                        }))
                .setHeader("Last seen")
                .setKey("last-seen")
                .setWidth("115px");
    }

    private static void number(Grid<Agent> grid, String header, String key, Function<Agent, String> text, String what) {
        grid.addColumn(text::apply)
                .setHeader(header)
                .setKey(key)
                .setTextAlign(ColumnTextAlign.END)
                .setPartNameGenerator(agent -> "number")
                .setWidth("95px")
                .setTooltipGenerator(agent -> text.apply(agent) + " " + what);
    }

    private static LitRenderer<Agent> status(
            Function<Agent, Tone> tone, Function<Agent, String> word, Function<Agent, Icons> icon) {
        return LitRenderer.<Agent>of(STATUS)
                .withProperty("tone", agent -> tone.apply(agent).key())
                .withProperty("word", word::apply)
                .withProperty("icon", agent -> icon.apply(agent).markup());
    }

    private static Icons icon(HealthStatus status) {
        return HealthBadge.icon(status);
    }

    private static Icons icon(ConfigStatus status) {
        return ConfigBadge.icon(status);
    }
}
