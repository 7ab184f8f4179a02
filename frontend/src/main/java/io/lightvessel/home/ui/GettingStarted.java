package io.lightvessel.home.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;

/** The first steps, ticked off by what there really is; gone when all are done. */
class GettingStarted extends Section {

    private final transient Org org;
    private String shown = "";

    GettingStarted(Org org) {
        this.org = org;
        addClassName("lv-card");
        setId("getting-started");
        getElement().setAttribute("aria-label", "Getting started");
    }

    void set(boolean cluster, boolean agent, boolean config, boolean data) {
        String state = cluster + "," + agent + "," + config + "," + data;
        if (state.equals(shown)) {
            return;
        }
        shown = state;
        removeAll();
        setVisible(!(cluster && agent && config && data));
        int done = (cluster ? 1 : 0) + (agent ? 1 : 0) + (config ? 1 : 0) + (data ? 1 : 0);
        Span progress = new Span(done + " of 4");
        progress.addClassName("lv-tag");
        Div head = new Div(new H2("Getting started"), progress);
        head.addClassName("lv-card-head");
        OrderedList steps = new OrderedList();
        steps.addClassName("lv-steps");
        steps.add(step(cluster, "Connect a cluster", Paths.clusters(org) + (cluster ? "" : "?connect=1")));
        steps.add(step(agent, "Enrol an agent", Paths.enrolment(org) + (agent || !cluster ? "" : "?new=1")));
        steps.add(step(config, "Declare its stack", Paths.clusters(org)));
        steps.add(step(data, "See telemetry flow", Paths.screen(org, "topology")));
        add(head, steps);
    }

    private static ListItem step(boolean done, String text, String path) {
        Span mark = new Span((done ? Icons.GOOD : Icons.NONE).create());
        mark.addClassName("lv-step-mark");
        Anchor link = new Anchor(path, text);
        link.addClassName("lv-step-title");
        Span word = new Span(done ? "done" : "to do");
        word.addClassName("lv-step-time");
        ListItem item = new ListItem(mark, link, word);
        item.addClassName("lv-step");
        item.getElement().setAttribute("data-state", done ? "done" : "later");
        return item;
    }
}
