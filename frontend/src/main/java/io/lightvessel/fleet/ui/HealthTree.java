package io.lightvessel.fleet.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.lightvessel.fleet.ComponentHealth;
import io.lightvessel.platform.ui.StatusBadge;
import io.lightvessel.platform.ui.Tone;
import java.util.List;

/** Shows the health of an agent's parts as nested lists: pipelines and the components in them. */
class HealthTree extends Div {

    private List<ComponentHealth> shown = List.of();

    HealthTree() {
        setId("health-tree");
        add(nothing());
    }

    void set(List<ComponentHealth> components) {
        if (components.equals(shown)) {
            return;
        }
        shown = components;
        removeAll();
        add(components.isEmpty() ? nothing() : list(components));
    }

    private static Paragraph nothing() {
        Paragraph text = new Paragraph("The agent has not reported its parts.");
        text.addClassName("lv-soft");
        return text;
    }

    private static UnorderedList list(List<ComponentHealth> components) {
        UnorderedList list = new UnorderedList();
        list.addClassName("lv-tree");
        for (ComponentHealth component : components) {
            ListItem item = new ListItem(line(component));
            if (!component.components().isEmpty()) {
                item.add(list(component.components()));
            }
            list.add(item);
        }
        return list;
    }

    private static Div line(ComponentHealth component) {
        Span name = new Span(component.name());
        name.addClassName("lv-mono");
        String explanation = component.lastError().isBlank() ? component.status() : component.lastError();
        Div line = new Div(
                name,
                new StatusBadge(
                        component.healthy() ? Tone.GOOD : Tone.BAD,
                        component.healthy() ? "OK" : "Not OK",
                        explanation));
        line.addClassName("lv-row");
        if (!component.healthy() && !component.lastError().isBlank()) {
            Span error = new Span(component.lastError());
            error.addClassName("lv-soft");
            line.add(error);
        }
        return line;
    }
}
