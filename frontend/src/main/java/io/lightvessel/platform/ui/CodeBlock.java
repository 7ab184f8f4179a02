package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;

/** Shows text that is meant to be copied, with the button that copies it. */
public class CodeBlock extends Div {

    private final Pre pre = new Pre();
    private final CopyButton copy;

    /** @param label names the block for screen readers, as in "Rendered manifest" */
    public CodeBlock(String label, String text) {
        addClassName("lv-code");
        copy = new CopyButton("Copy", text);
        pre.setText(text);
        // Long text scrolls inside, so the block itself must take the keyboard's focus.
        pre.getElement().setAttribute("tabindex", "0");
        pre.getElement().setAttribute("role", "region");
        pre.getElement().setAttribute("aria-label", label);
        add(pre, copy);
    }

    @Override
    public void setText(String text) {
        if (!text.equals(pre.getText())) {
            pre.setText(text);
            copy.setText(text);
        }
    }
}
