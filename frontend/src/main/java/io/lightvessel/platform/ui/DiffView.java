package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Div;

/** Shows a unified diff with line numbers; what was added and removed is said in words, not by colour alone. */
public class DiffView extends Div {

    /** @param label names the diff for screen readers, as in "Changes to the gateway's configuration" */
    public DiffView(String label, String unifiedDiff) {
        addClassName("lv-diff");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", label);
        getElement().setAttribute("tabindex", "0");
        getElement().setProperty("innerHTML", DiffMarkup.of(unifiedDiff));
    }
}
