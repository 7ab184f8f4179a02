package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.Blueprint;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.InheritancePreview;
import io.lightvessel.stack.InheritanceService;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Chooses a blueprint for a cluster, shows what that changes, and saves it. */
class InheritDialog extends Dialog {
    private final transient Org org;
    private final transient InheritanceService inheritances;
    private final transient Cluster cluster;
    private final transient Runnable saved;
    private final Select<Blueprint> blueprint = new Select<>();
    private final Checkbox follow = new Checkbox("Follow: take each new revision of the blueprint");
    private final IntegerField pinned = new IntegerField("Revision");
    private final Checkbox keep = new Checkbox("Keep this cluster's present values as its own where they differ");
    private final TextField message = new TextField("What and why");
    private final Button save = new Button("Save", click -> save());
    private final Div content = new Div();
    private final int revision;

    InheritDialog(
            Org org,
            BlueprintService blueprints,
            InheritanceService inheritances,
            Cluster cluster,
            int revision,
            Runnable saved) {
        this.org = org;
        this.inheritances = inheritances;
        this.cluster = cluster;
        this.revision = revision;
        this.saved = saved;
        setId("inherit-dialog");
        setHeaderTitle("Blueprint of " + cluster.name());
        setWidth("min(1040px, 94vw)");
        List<Blueprint> all = org.call(() -> blueprints.list(new PageRequest(PageRequest.MAX_SIZE, null)))
                .items();
        blueprint.setLabel("Blueprint");
        blueprint.setId("inherit-blueprint");
        blueprint.setItems(all);
        blueprint.setItemLabelGenerator(item -> item.name() + ", revision " + item.revision());
        follow.setValue(true);
        follow.setId("inherit-follow");
        pinned.setVisible(false);
        pinned.setMin(1);
        pinned.setId("inherit-pinned");
        keep.setValue(revision > 0);
        keep.setVisible(revision > 0);
        keep.setId("inherit-keep");
        message.setWidthFull();
        message.setMaxLength(200);
        save.setId("inherit-save");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        save.setEnabled(false);
        blueprint.addValueChangeListener(change -> {
            pinned.setValue(change.getValue() == null ? null : change.getValue().revision());
            preview();
        });
        follow.addValueChangeListener(change -> {
            pinned.setVisible(!change.getValue());
            preview();
        });
        pinned.addValueChangeListener(change -> preview());
        keep.addValueChangeListener(change -> preview());
        content.addClassName("lv-body");
        Div fields = new Div(blueprint, follow, pinned, keep);
        fields.addClassName("lv-form");
        if (all.isEmpty()) {
            content.add(new Paragraph("There is no blueprint yet. Create one under Blueprints first."));
        }
        add(fields, content, message);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private void preview() {
        Blueprint chosen = blueprint.getValue();
        content.removeAll();
        save.setEnabled(false);
        if (chosen == null) {
            return;
        }
        try {
            InheritancePreview preview =
                    org.call(() -> inheritances.preview(cluster, chosen.slug(), pinned(), override(chosen)));
            FindingList findings = new FindingList();
            findings.set(preview.preview().findings());
            content.add(
                    findings,
                    new Paragraph("Changes the configuration of "
                            + Format.count(preview.preview().affectedAgents(), "agent", "agents") + "."),
                    ReviewDialog.diffs(preview.preview()));
            save.setEnabled(!preview.preview().hasErrors());
        } catch (LightvesselException e) {
            content.add(new Note(Tone.BAD, ErrorSentence.of(e)));
        }
    }

    private @Nullable Integer pinned() {
        return follow.getValue() ? null : pinned.getValue();
    }

    private ObjectNode override(Blueprint chosen) {
        return inheritances.override(cluster, chosen.slug(), pinned(), keep.getValue());
    }

    private void save() {
        Blueprint chosen = blueprint.getValue();
        try {
            String text = message.getValue().isBlank()
                    ? "Inherit from blueprint " + chosen.slug()
                    : message.getValue().strip();
            StackRevision done = org.call(() -> inheritances.inherit(
                    cluster, chosen.slug(), pinned(), override(chosen), revision, text, Writer.CONSOLE));
            close();
            Notifications.done("Revision " + done.number() + " of " + cluster.name() + " is saved.");
            saved.run();
        } catch (LightvesselException e) {
            content.addComponentAsFirst(new Note(Tone.BAD, ErrorSentence.of(e)));
        }
    }
}
