package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** A few sentences set apart because they matter now. */
public class Note extends Div {

    public Note(Tone tone, String text, Component... more) {
        addClassName("lv-panel-note");
        getElement().setAttribute("data-tone", tone.key());
        add(new Paragraph(text));
        add(more);
    }
}
