package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.lightvessel.platform.ui.Icons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Edits a set of attributes, one row each. */
class AttributeEditor extends Div {

    private record Row(TextField key, TextField value, Div line) {}

    private final String id;
    private final transient Runnable changed;
    private final Div lines = new Div();
    private final transient List<Row> rows = new ArrayList<>();

    AttributeEditor(String id, String hint, Runnable changed) {
        this.id = id;
        this.changed = changed;
        setId(id);
        addClassName("lv-wide");
        lines.addClassName("lv-attribute-lines");
        Paragraph words = new Paragraph(hint);
        words.addClassName("lv-hint");
        Button add = new Button("Add attribute", Icons.PLUS.create(), click -> {
            Row row = addRow("", "");
            row.key().focus();
        });
        add.setId(id + "-add");
        add.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        add(words, lines, add);
    }

    void write(Map<String, String> attributes) {
        rows.clear();
        lines.removeAll();
        attributes.forEach(this::addRow);
    }

    /** The attributes; rows without any text are left out, a key twice keeps the last. */
    Map<String, String> read() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Row row : rows) {
            String key = row.key().getValue().strip();
            String value = row.value().getValue();
            if (!key.isEmpty() || !value.isEmpty()) {
                attributes.put(key, value);
            }
        }
        return attributes;
    }

    /** Whether one key stands in two rows; the later one marked. */
    boolean checkUnique() {
        List<String> seen = new ArrayList<>();
        boolean unique = true;
        for (Row row : rows) {
            String key = row.key().getValue().strip();
            boolean twice = !key.isEmpty() && seen.contains(key);
            row.key().setErrorMessage(twice ? "This attribute is set above already." : "");
            row.key().setInvalid(twice);
            unique = unique && !twice;
            seen.add(key);
        }
        return unique;
    }

    private Row addRow(String name, String text) {
        int number = rows.size() + 1;
        TextField key = new TextField("Attribute", name, "deployment.environment.name");
        TextField value = new TextField("Value", text, "production");
        key.setValue(name);
        value.setValue(text);
        key.setId(id + "-key-" + number);
        value.setId(id + "-value-" + number);
        key.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        key.addValueChangeListener(event -> changed.run());
        value.addValueChangeListener(event -> changed.run());
        Button remove = new Button(Icons.CLOSE.create());
        remove.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        remove.setAriaLabel("Remove attribute " + number);
        Div line = new Div(key, value, remove);
        line.addClassName("lv-attribute-row");
        Row row = new Row(key, value, line);
        remove.addClickListener(click -> {
            rows.remove(row);
            lines.remove(line);
            changed.run();
        });
        rows.add(row);
        lines.add(line);
        return row;
    }
}
