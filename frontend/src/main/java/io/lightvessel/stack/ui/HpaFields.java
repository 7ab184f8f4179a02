package io.lightvessel.stack.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.IntegerField;
import io.lightvessel.stack.HpaPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Edits a scaling policy. */
public class HpaFields extends Div {

    private final transient Runnable changed;
    private final Checkbox enabled = new Checkbox("Autoscaling on");
    private final IntegerField least = number("hpa-min", "Least replicas", 1, 100);
    private final IntegerField most = number("hpa-max", "Most replicas", 1, 100);
    private final IntegerField target = number("hpa-target", "Target CPU (% of request)", 1, 100);
    private final IntegerField upWindow = number("hpa-up-window", "Scale up: look back (s)", 0, 3600);
    private final IntegerField downWindow = number("hpa-down-window", "Scale down: look back (s)", 0, 3600);
    private final PolicyEditor up;
    private final PolicyEditor down;

    public HpaFields(Runnable changed) {
        this.changed = changed;
        setId("hpa-fields");
        addClassName("lv-form");
        enabled.setId("hpa-enabled");
        enabled.addClassName("lv-wide");
        enabled.addValueChangeListener(event -> {
            enable();
            changed.run();
        });
        upWindow.setHelperText("The highest need in this time counts; 0 grows at once.");
        downWindow.setHelperText("The highest need in this time counts; short ones make replicas flap.");
        up = new PolicyEditor("hpa-up", "Scale up by at most", changed);
        down = new PolicyEditor("hpa-down", "Scale down by at most", changed);
        add(enabled, least, most, target, upWindow, up, downWindow, down);
    }

    public void write(HpaPolicy policy) {
        enabled.setValue(policy.enabled());
        least.setValue(policy.minReplicas());
        most.setValue(policy.maxReplicas());
        target.setValue(policy.targetCpuPercent());
        upWindow.setValue(policy.behavior().scaleUp().stabilizationWindowSeconds());
        downWindow.setValue(policy.behavior().scaleDown().stabilizationWindowSeconds());
        up.write(policy.behavior().scaleUp());
        down.write(policy.behavior().scaleDown());
        enable();
    }

    public HpaPolicy read() {
        return new HpaPolicy(
                enabled.getValue(),
                value(least),
                value(most),
                value(target),
                new HpaPolicy.Behavior(up.read(value(upWindow)), down.read(value(downWindow))));
    }

    /** The fields by the path that findings about them carry. */
    public Map<String, HasValidation> byPath() {
        Map<String, HasValidation> fields = new LinkedHashMap<>();
        String base = "gateway.scaling.";
        fields.put(base + "minReplicas", least);
        fields.put(base + "maxReplicas", most);
        fields.put(base + "targetCpuPercent", target);
        fields.put(base + "behavior.scaleUp.stabilizationWindowSeconds", upWindow);
        fields.put(base + "behavior.scaleDown.stabilizationWindowSeconds", downWindow);
        return fields;
    }

    private void enable() {
        boolean on = enabled.getValue();
        for (IntegerField field : new IntegerField[] {least, most, target, upWindow, downWindow}) {
            field.setEnabled(on);
        }
        up.setEnabled(on);
        down.setEnabled(on);
    }

    private IntegerField number(String id, String label, int from, int to) {
        IntegerField field = new IntegerField(label);
        field.setId(id);
        field.setMin(from);
        field.setMax(to);
        field.setStepButtonsVisible(true);
        field.setManualValidation(true);
        field.setWidthFull();
        field.addValueChangeListener(event -> changed());
        return field;
    }

    private void changed() {
        changed.run();
    }

    // An empty field reads as a number that is refused everywhere, so that the finding names the field.
    static int value(IntegerField field) {
        Integer value = field.getValue();
        return value == null ? -1 : value;
    }
}
