package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Copies a text to the clipboard and says so. */
@Tag("copy-button")
@JsModule("./platform/copy-button.ts")
public class CopyButton extends Component {

    public CopyButton(String label, String text) {
        getElement().setAttribute("label", label);
        setText(text);
    }

    public void setText(String text) {
        getElement().setAttribute("text", text);
    }
}
