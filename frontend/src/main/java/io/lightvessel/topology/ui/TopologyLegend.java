package io.lightvessel.topology.ui;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;

/** Says what shapes, lines and widths of the graph mean. */
class TopologyLegend extends UnorderedList {

    TopologyLegend() {
        addClassName("lv-legend");
        getElement().setAttribute("aria-label", "Legend");
        add(new ListItem("Round: source · plain: agent · double line: backend"));
        add(line("flowing", "Telemetry flows; thicker means more records per second"));
        add(line("idle", "Connected, nothing flows now"));
        add(line("dropping", "Records are dropped here"));
    }

    private static ListItem line(String state, String words) {
        Span sample = new Span();
        sample.addClassName("lv-legend-line");
        sample.getElement().setAttribute("data-state", state);
        return new ListItem(sample, new Span(words));
    }
}
