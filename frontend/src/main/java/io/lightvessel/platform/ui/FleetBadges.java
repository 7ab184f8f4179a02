package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.fleet.AgentCounts;
import io.lightvessel.fleet.ConfigStatus;
import io.lightvessel.fleet.HealthStatus;
import java.util.Locale;

/** Sums up many agents on both axes; every count leads to the agents it counts. */
public class FleetBadges extends Div {

    private final Org org;
    private final String scope;
    private final Div health = new Div();
    private final Div config = new Div();

    /** @param scope the filter that all counted agents match; may be empty */
    public FleetBadges(Org org, String scope) {
        this.org = org;
        this.scope = scope;
        addClassName("lv-fleet-badges");
        health.addClassName("lv-row");
        config.addClassName("lv-row");
        add(labelled("Health", health), labelled("Config", config));
    }

    public void set(AgentCounts counts) {
        String state = counts.toString();
        if (state.equals(getElement().getProperty("lvShown"))) {
            return;
        }
        getElement().setProperty("lvShown", state);
        health.removeAll();
        config.removeAll();
        for (HealthStatus status : HealthStatus.values()) {
            if (counts.of(status) > 0) {
                health.add(link(
                        counts.of(status),
                        HealthBadge.word(status),
                        HealthBadge.tone(status),
                        HealthBadge.icon(status),
                        "status:" + status.name().toLowerCase(Locale.ROOT)));
            }
        }
        for (ConfigStatus status : ConfigStatus.values()) {
            if (counts.of(status) > 0) {
                config.add(link(
                        counts.of(status),
                        ConfigBadge.word(status),
                        ConfigBadge.tone(status),
                        ConfigBadge.icon(status),
                        "config:" + status.name().toLowerCase(Locale.ROOT)));
            }
        }
        if (counts.total() == 0) {
            health.add(new Span("no agents"));
            config.add(new Span("no agents"));
        }
    }

    private Anchor link(int count, String word, Tone tone, Icons icon, String term) {
        Anchor link = new Anchor(Paths.agents(org, scope.isBlank() ? term : scope + " " + term));
        link.add(icon.create(), new Span(count + " " + word.toLowerCase(Locale.ROOT)));
        link.addClassName("lv-status");
        link.getElement().setAttribute("data-tone", tone.key());
        return link;
    }

    private static Div labelled(String label, Div content) {
        Span name = new Span(label);
        name.addClassName("lv-axis");
        Div row = new Div(name, content);
        row.addClassName("lv-axis-row");
        return row;
    }
}
