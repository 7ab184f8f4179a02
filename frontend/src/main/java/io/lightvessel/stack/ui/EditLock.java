package io.lightvessel.stack.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;

/** Makes what people edit something they read, and back. */
class EditLock {
    /** On what changes something outside the fields. */
    static final String EDITS = "lv-edits";

    private boolean locked;

    /** Fields can be read and not written; their buttons, and those marked, are not there. */
    void set(boolean lock, Component fields, Component... others) {
        if (lock || locked) {
            locked = lock;
            apply(fields, true);
            for (Component other : others) {
                apply(other, false);
            }
        }
    }

    private void apply(Component component, boolean field) {
        if (field && component instanceof HasValue<?, ?> value) {
            value.setReadOnly(locked);
        } else if (component instanceof Button
                && (field || component.getElement().getClassList().contains(EDITS))) {
            component.setVisible(!locked);
        }
        component.getChildren().forEach(child -> apply(child, field));
    }
}
