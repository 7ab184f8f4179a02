package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import java.util.ArrayList;
import java.util.List;

/** Shows one of several contents, chosen by buttons that say which one is pressed. */
public class Switcher extends Div {

    private final Div choices = new Div();
    private final Div stage = new Div();
    private final List<Button> buttons = new ArrayList<>();

    /** @param label names the choice for screen readers */
    public Switcher(String label) {
        addClassName("lv-switcher");
        choices.addClassName("lv-switcher-choices");
        choices.getElement().setAttribute("role", "group").setAttribute("aria-label", label);
        add(choices, stage);
    }

    /** Adds a content; the first one added is shown. */
    public void addContent(String label, Component content) {
        Button button = new Button(label);
        button.addClickListener(click -> show(button, content));
        buttons.add(button);
        choices.add(button);
        button.getElement().setAttribute("aria-pressed", "false");
        if (buttons.size() == 1) {
            show(button, content);
        }
    }

    /** Shows the content that was added at this position. */
    public void select(int index) {
        buttons.get(index).click();
    }

    private void show(Button chosen, Component content) {
        for (Button button : buttons) {
            button.getElement().setAttribute("aria-pressed", Boolean.toString(button.equals(chosen)));
        }
        stage.removeAll();
        stage.add(content);
    }
}
