package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;

/** A number that leads to the list which explains it. */
public class Stat extends Anchor {

    private final Span value = new Span();
    private final Span unit = new Span();
    private final Span note = new Span();

    public Stat(String label, String path) {
        super(path);
        addClassName("lv-stat");
        Span name = new Span(label);
        name.addClassName("lv-stat-label");
        Span line = new Span(value, unit);
        line.addClassName("lv-stat-value");
        unit.addClassName("lv-stat-unit");
        note.addClassName("lv-stat-note");
        add(name, line, note);
    }

    public void set(String number, String of, Tone tone, String text) {
        if (!number.equals(value.getText())) {
            value.setText(number);
        }
        unit.setText(of);
        if (!text.equals(note.getText())) {
            note.setText(text);
        }
        note.getElement().setAttribute("data-tone", tone.key());
    }

    /** Shows the recent course of the number. */
    public void addCourse(Sparkline course) {
        add(course);
    }
}
