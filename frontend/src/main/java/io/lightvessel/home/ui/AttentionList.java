package io.lightvessel.home.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.platform.ui.ConfigBadge;
import io.lightvessel.platform.ui.HealthBadge;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.StatusBadge;
import java.util.List;
import java.util.Locale;

/** What is not as it should be, each with its reason and since when. */
class AttentionList extends Div {
    private static final int SHOWN = 8;

    private final transient Org org;
    private String shown = "";

    AttentionList(Org org) {
        this.org = org;
        setId("needs-attention");
    }

    void set(List<Agent> agents, int total) {
        String state = total
                + agents.stream()
                        .map(agent -> agent.id().value() + agent.health() + agent.config())
                        .toList()
                        .toString();
        if (state.equals(shown)) {
            return;
        }
        shown = state;
        removeAll();
        if (agents.isEmpty()) {
            Paragraph fine = new Paragraph(
                    total == 0 ? "No agents yet." : "Nothing. All agents are healthy and run what they should.");
            fine.addClassName("lv-soft");
            add(fine);
            return;
        }
        UnorderedList list = new UnorderedList();
        list.addClassName("lv-plain");
        agents.stream().limit(SHOWN).forEach(agent -> list.add(item(agent)));
        if (agents.size() > SHOWN) {
            list.add(new ListItem(
                    new Anchor(Paths.agents(org, "-status:healthy"), "and " + (agents.size() - SHOWN) + " more")));
        }
        add(list);
    }

    private ListItem item(Agent agent) {
        boolean config = agent.health().status() == HealthStatus.HEALTHY
                || agent.config().status() == ConfigStatus.FAILED;
        StatusBadge badge = config
                ? new StatusBadge(
                        ConfigBadge.tone(agent.config().status()),
                        "Config " + ConfigBadge.word(agent.config().status()).toLowerCase(Locale.ROOT),
                        agent.config().reason())
                : new StatusBadge(
                        HealthBadge.tone(agent.health().status()),
                        HealthBadge.word(agent.health().status()),
                        agent.health().reason());
        Span reason = new Span(config ? agent.config().reason() : agent.health().reason());
        reason.addClassName("lv-soft");
        RelativeTime since = new RelativeTime(
                config ? agent.config().since() : agent.health().since());
        Div line = new Div(new Anchor(Paths.agent(org, agent.id().value()), agent.name()), badge, since);
        line.addClassName("lv-row");
        return new ListItem(line, reason);
    }
}
