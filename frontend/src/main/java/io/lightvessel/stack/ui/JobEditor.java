package io.lightvessel.stack.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.stack.StaticJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Edits jobs whose targets have fixed addresses, one row each. */
class JobEditor extends Div {

    private record Row(TextField name, TextArea targets, TextField path, Checkbox tls, Div line) {}

    private final String id;
    private final String usualPath;
    private final transient Runnable changed;
    private final Div lines = new Div();
    private final transient List<Row> rows = new ArrayList<>();

    /** @param usualPath what an empty path stands for */
    JobEditor(String id, String hint, String usualPath, Runnable changed) {
        this.id = id;
        this.usualPath = usualPath;
        this.changed = changed;
        setId(id);
        addClassName("lv-wide");
        lines.addClassName("lv-attribute-lines");
        Paragraph words = new Paragraph(hint);
        words.addClassName("lv-hint");
        Button add = new Button("Add job", Icons.PLUS.create(), click -> {
            addRow(new StaticJob("", List.of(), null, false)).name().focus();
        });
        add.setId(id + "-add");
        add.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        add(words, lines, add);
    }

    void write(List<StaticJob> jobs) {
        rows.clear();
        lines.removeAll();
        jobs.forEach(this::addRow);
    }

    /** The jobs as the rows say; rows without any text are left out. */
    List<StaticJob> read() {
        return filled().stream()
                .map(row -> new StaticJob(
                        row.name().getValue().strip(),
                        Arrays.stream(row.targets().getValue().split("[\\s,]+"))
                                .filter(target -> !target.isEmpty())
                                .toList(),
                        row.path().getValue().isBlank()
                                ? null
                                : row.path().getValue().strip(),
                        row.tls().getValue()))
                .toList();
    }

    private List<Row> filled() {
        return rows.stream()
                .filter(row -> !row.name().getValue().isBlank()
                        || !row.targets().getValue().isBlank())
                .toList();
    }

    /** The field that a finding about a job's part belongs to, by its path below the list. */
    Map<String, HasValidation> byPath(String list) {
        Map<String, HasValidation> fields = new TreeMap<>();
        List<Row> filled = filled();
        for (int i = 0; i < filled.size(); i++) {
            Row row = filled.get(i);
            String job = list + "." + i + ".";
            fields.put(job + "name", row.name());
            fields.put(job + "targets", row.targets());
            int targets = row.targets().getValue().split("[\\s,]+").length;
            for (int target = 0; target < targets; target++) {
                fields.put(job + "targets." + target, row.targets());
            }
            fields.put(job + "path", row.path());
        }
        return fields;
    }

    private Row addRow(StaticJob job) {
        int number = rows.size() + 1;
        TextField name = new TextField("Job", job.name(), "node-exporter");
        name.setValue(job.name());
        TextArea targets = new TextArea("Targets", String.join("\n", job.targets()), "10.0.0.7:9100");
        targets.setValue(String.join("\n", job.targets()));
        targets.setHelperText("host:port, one on each line");
        TextField path = new TextField("Path", "", usualPath);
        String given = job.path();
        path.setValue(given == null ? "" : given);
        Checkbox tls = new Checkbox("TLS", job.tls());
        name.setId(id + "-name-" + number);
        targets.setId(id + "-targets-" + number);
        path.setId(id + "-path-" + number);
        tls.setId(id + "-tls-" + number);
        List.of(name, path).forEach(field -> field.setManualValidation(true));
        targets.setManualValidation(true);
        name.addValueChangeListener(event -> changed.run());
        targets.addValueChangeListener(event -> changed.run());
        path.addValueChangeListener(event -> changed.run());
        tls.addValueChangeListener(event -> changed.run());
        Button remove = new Button(Icons.CLOSE.create());
        remove.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        remove.setAriaLabel("Remove job " + number);
        Div line = new Div(name, targets, path, tls, remove);
        line.addClassName("lv-job-row");
        Row row = new Row(name, targets, path, tls, line);
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
