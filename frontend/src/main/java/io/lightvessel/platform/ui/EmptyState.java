package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** Says why there is nothing to see and holds the button that changes it. */
public class EmptyState extends Div {

    public EmptyState(Icons icon, String title, String text, Component... actions) {
        addClassName("lv-empty");
        Svg picture = icon.create();
        picture.addClassName("lv-empty-icon");
        add(picture, new H2(title), new Paragraph(text));
        if (actions.length > 0) {
            Div row = new Div(actions);
            row.addClassName("lv-actions");
            add(row);
        }
    }
}
