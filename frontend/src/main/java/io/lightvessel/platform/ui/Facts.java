package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.DescriptionList.Description;
import com.vaadin.flow.component.html.DescriptionList.Term;
import com.vaadin.flow.component.html.Span;

/** A list of names and values, for detail pages. */
public class Facts extends DescriptionList {

    public Facts() {
        addClassName("lv-facts");
    }

    public Facts with(String name, String value) {
        return with(name, new Span(value.isBlank() ? "–" : value));
    }

    public Facts with(String name, Component value) {
        add(new Term(name), new Description(value));
        return this;
    }
}
