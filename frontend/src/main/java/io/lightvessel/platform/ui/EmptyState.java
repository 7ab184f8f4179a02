package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** Says why there is nothing to see and holds the button that changes it. */
public class EmptyState extends Div {

    public EmptyState(Icons icon, String title, String text, Component... actions) {
        this(icon, new H2(title), text, actions);
    }

    private EmptyState(Icons icon, Component title, String text, Component... actions) {
        addClassName("lv-empty");
        Svg picture = icon.create();
        picture.addClassName("lv-empty-icon");
        add(picture, title, new Paragraph(text));
        if (actions.length > 0) {
            Div row = new Div(actions);
            row.addClassName("lv-actions");
            add(row);
        }
    }

    /** One that is the whole page, so that its title is the page's. */
    static EmptyState page(Icons icon, String title, String text, Component... actions) {
        return new EmptyState(icon, new H1(title), text, actions);
    }
}
