package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import io.lightvessel.links.GrafanaLink;
import io.lightvessel.links.TimeRange;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Leads to Grafana's Explore with the right query for a time range; shows nothing when no Grafana is known. */
public class GrafanaBar extends Div {

    private enum Range {
        QUARTER("Last 15 min", new TimeRange("now-15m", "now")),
        HOUR("Last hour", TimeRange.LAST_HOUR),
        SIX_HOURS("Last 6 h", new TimeRange("now-6h", "now")),
        DAY("Last 24 h", new TimeRange("now-24h", "now"));

        private final String label;
        private final TimeRange times;

        Range(String label, TimeRange times) {
            this.label = label;
            this.times = times;
        }
    }

    private final transient Function<TimeRange, List<GrafanaLink>> source;
    private final Div links = new Div();

    public GrafanaBar(Function<TimeRange, List<GrafanaLink>> source) {
        this.source = source;
        setId("grafana-links");
        addClassName("lv-actions");
        links.addClassName("lv-actions");
        Select<Range> range = new Select<>();
        range.setId("grafana-range");
        range.setAriaLabel("Time range of the Grafana links");
        range.setItems(Range.values());
        range.setItemLabelGenerator(item -> item.label);
        range.setValue(Range.HOUR);
        range.setWidth("135px");
        range.addValueChangeListener(event -> show(event.getValue()));
        Span label = new Span("Open in Grafana");
        label.addClassName("lv-soft");
        add(label, links, range);
        show(Range.HOUR);
    }

    private void show(Range range) {
        links.removeAll();
        for (GrafanaLink link : source.apply(range.times)) {
            Anchor anchor = new Anchor(link.href(), word(link.kind()));
            anchor.setTarget(AnchorTarget.BLANK);
            anchor.getElement().setAttribute("rel", "noopener");
            anchor.getElement().setAttribute("aria-label", word(link.kind()) + " in Grafana, opens a new tab");
            anchor.setTitle(link.query());
            anchor.add(Icons.EXTERNAL.create());
            anchor.addClassName("lv-external");
            anchor.setId("grafana-" + link.kind().name().toLowerCase(Locale.ROOT));
            links.add(anchor);
        }
        setVisible(links.getComponentCount() > 0);
    }

    private static String word(GrafanaLink.Kind kind) {
        return switch (kind) {
            case METRICS -> "Metrics";
            case LOGS -> "Logs";
            case TRACES -> "Traces";
        };
    }
}
