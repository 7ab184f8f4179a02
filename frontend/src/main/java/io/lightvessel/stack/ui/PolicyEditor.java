package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.HpaPolicy.Policy;
import io.lightvessel.stack.HpaPolicy.PolicyType;
import java.util.ArrayList;
import java.util.List;

/** Edits how fast one direction of scaling may go: limits per period, and which of them wins. */
class PolicyEditor extends Div {

    private record Row(IntegerField value, Select<PolicyType> type, IntegerField period, Div line) {}

    private final String id;
    private final transient Runnable changed;
    private final Select<HpaPolicy.Select> winner = new Select<>();
    private final Div lines = new Div();
    private final Button add = new Button("Add limit", Icons.PLUS.create());
    private final transient List<Row> rows = new ArrayList<>();

    PolicyEditor(String id, String title, Runnable changed) {
        this.id = id;
        this.changed = changed;
        setId(id);
        addClassNames("lv-wide", "lv-policies");
        Span heading = new Span(title);
        heading.addClassName("lv-axis");
        winner.setId(id + "-select");
        winner.setWidth("245px");
        winner.setAriaLabel(title + ": which limit wins");
        winner.setItems(HpaPolicy.Select.values());
        winner.setItemLabelGenerator(select -> switch (select) {
            case MAX -> "the limit that allows most";
            case MIN -> "the limit that allows least";
            case DISABLED -> "never in this direction";
        });
        winner.addValueChangeListener(event -> changed.run());
        add.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        add.addClickListener(click -> {
            addRow(new Policy(PolicyType.PODS, 1, 60));
            changed.run();
        });
        Div head = new Div(heading, winner);
        head.addClassName("lv-row");
        lines.addClassName("lv-attribute-lines");
        add(head, lines, add);
    }

    void write(HpaPolicy.Rules rules) {
        rows.clear();
        lines.removeAll();
        rules.policies().forEach(this::addRow);
        winner.setValue(rules.selectPolicy());
    }

    HpaPolicy.Rules read(int window) {
        return new HpaPolicy.Rules(
                window,
                winner.getValue(),
                rows.stream()
                        .map(row -> new Policy(
                                row.type().getValue(), HpaFields.value(row.value()), HpaFields.value(row.period())))
                        .toList());
    }

    private void addRow(Policy policy) {
        IntegerField value = field("Change", policy.value(), 1000);
        value.setId(id + "-value-" + (rows.size() + 1));
        Select<PolicyType> type = new Select<>();
        type.setLabel("Of");
        type.setItems(PolicyType.values());
        type.setItemLabelGenerator(unit -> unit == PolicyType.PODS ? "replicas" : "% of replicas");
        type.setValue(policy.type());
        type.addValueChangeListener(event -> changed.run());
        IntegerField period = field("In seconds", policy.periodSeconds(), 1800);
        Button remove = new Button(Icons.CLOSE.create());
        remove.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        remove.setAriaLabel("Remove limit " + (rows.size() + 1));
        Div line = new Div(value, type, period, remove);
        line.addClassName("lv-policy-row");
        Row row = new Row(value, type, period, line);
        remove.addClickListener(click -> {
            rows.remove(row);
            lines.remove(line);
            changed.run();
        });
        rows.add(row);
        lines.add(line);
    }

    private IntegerField field(String label, int number, int most) {
        IntegerField field = new IntegerField(label);
        field.setMin(1);
        field.setMax(most);
        field.setManualValidation(true);
        field.setValue(number);
        field.addValueChangeListener(event -> changed.run());
        return field;
    }
}
