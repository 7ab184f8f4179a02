package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;

/** A titled part of a screen. */
public class Card extends Section {

    public Card(String title, Component... content) {
        this(title, new Component[0], content);
    }

    /** @param beside stands at the end of the title's line */
    public Card(String title, Component[] beside, Component... content) {
        addClassName("lv-card");
        H2 heading = new H2(title);
        Div head = new Div(heading);
        if (beside.length > 0) {
            Div actions = new Div(beside);
            actions.addClassName("lv-actions");
            head.add(actions);
        }
        head.addClassName("lv-card-head");
        add(head);
        add(content);
        getElement().setAttribute("aria-label", title);
    }
}
