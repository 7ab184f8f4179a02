package io.lightvessel.cluster.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.platform.ui.ConfigBadge;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.HealthBadge;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first agents of a cluster, one line each, changing in place. */
class ClusterAgents extends UnorderedList {
    private static final int SHOWN = 12;

    private final transient Org org;
    private final transient Clock clock;
    private final transient Map<AgentId, Line> lines = new LinkedHashMap<>();

    private record Line(HealthBadge health, ConfigBadge config, Span rate) {}

    ClusterAgents(Org org, Clock clock) {
        this.org = org;
        this.clock = clock;
        setId("cluster-agents");
        addClassName("lv-plain");
    }

    void set(List<Agent> agents) {
        List<Agent> shown = agents.stream().limit(SHOWN).toList();
        if (!List.copyOf(lines.keySet()).equals(shown.stream().map(Agent::id).toList())) {
            rebuild(shown, agents.size() - shown.size());
        }
        for (Agent agent : shown) {
            @Nullable Line line = lines.get(agent.id());
            if (line != null) {
                line.health().set(agent.health());
                line.config().set(agent.config());
                line.rate().setText(Format.rate(agent.rates().received().recordsPerSecond()) + " in");
            }
        }
    }

    private void rebuild(List<Agent> agents, int more) {
        removeAll();
        lines.clear();
        for (Agent agent : agents) {
            Line line = new Line(
                    new HealthBadge(agent.health(), clock), new ConfigBadge(agent.config(), clock), new Span());
            lines.put(agent.id(), line);
            line.rate().addClassNames("lv-soft", "lv-number");
            Anchor name = new Anchor(Paths.agent(org, agent.id().value()), agent.name());
            Span role = new Span(
                    agent.role() == null ? "other" : agent.role().name().toLowerCase(Locale.ROOT));
            role.addClassName("lv-tag");
            Div who = new Div(name, role);
            who.addClassName("lv-row");
            Div how = new Div(line.rate(), line.health(), line.config());
            how.addClassName("lv-row");
            Div row = new Div(who, how);
            row.addClassNames("lv-row", "lv-between");
            add(new ListItem(row));
        }
        if (more > 0) {
            add(new ListItem("and " + more + " more"));
        }
    }
}
