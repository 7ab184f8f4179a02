package io.lightvessel.stack.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.ErrorType;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.DiffView;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Switcher;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.Draft;
import io.lightvessel.stack.StackMerge;
import io.lightvessel.stack.StackPreview;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.StaleStackException;
import io.lightvessel.stack.Writer;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows what saving a stack would change for each role and whom it touches, then saves it. */
public class ReviewDialog extends Dialog {

    private final transient Org org;
    private final transient StackEditing editing;
    private final transient Cluster cluster;
    private final transient StackSpec spec;
    private final transient Consumer<StackRevision> saved;
    private final transient Consumer<Draft> resume;
    private final TextField message = new TextField("What and why");
    private final Button save = new Button("Save");
    private final Button cancel = new Button("Back to editing", click -> close());
    private final Div content = new Div();
    private int expectedRevision;

    /**
     * @param startedFrom the revision that was on the screen when editing began; 0 for none
     * @param resume goes on editing a draft, when somebody saved first
     */
    public ReviewDialog(
            Org org,
            StackEditing editing,
            Cluster cluster,
            StackSpec spec,
            int startedFrom,
            Consumer<StackRevision> saved,
            Consumer<Draft> resume) {
        this.org = org;
        this.editing = editing;
        this.resume = resume;
        this.cluster = cluster;
        this.spec = spec;
        this.expectedRevision = startedFrom;
        this.saved = saved;
        setId("review-dialog");
        setHeaderTitle("Review changes to " + cluster.name());
        setWidth("min(1040px, 94vw)");
        setResizable(true);
        content.addClassName("lv-body");
        message.setId("review-message");
        message.setPlaceholder("As it will stand in the history");
        message.setMaxLength(200);
        message.setWidthFull();
        save.setId("review-save");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        save.addClickListener(click -> save());
        save.setDisableOnClick(true);
        add(content);
        getFooter().add(cancel, save);
        show();
    }

    private void show() {
        StackPreview preview = org.call(() -> editing.stacks().preview(cluster, spec));
        content.removeAll();
        if (preview.baseRevision() != expectedRevision) {
            content.add(conflict(preview));
        }
        FindingList findings = new FindingList();
        findings.set(preview.findings());
        content.add(findings);
        boolean changes = preview.roles().stream().anyMatch(StackPreview.RoleChange::isChanged);
        Paragraph touches = new Paragraph(
                changes
                        ? "Applies to " + Format.count(preview.affectedAgents(), "agent", "agents")
                                + (preview.needsApproval()
                                        ? " once somebody else approves it."
                                        : " as soon as it is saved.")
                        : "No agent's configuration changes; only the stack's own record does.");
        touches.setId("review-affected");
        content.add(touches, diffs(preview), message);
        save.setEnabled(!preview.hasErrors() && preview.baseRevision() == expectedRevision);
        save.setText(verb(preview, changes));
    }

    private static String verb(StackPreview preview, boolean changes) {
        if (preview.needsApproval()) {
            return "Save and ask for approval";
        }
        return preview.affectedAgents() > 0 && changes
                ? "Save and apply to " + Format.count(preview.affectedAgents(), "agent", "agents")
                : "Save";
    }

    static Switcher diffs(StackPreview preview) {
        Switcher roles = new Switcher("Role");
        roles.setId("review-diffs");
        // Changed ones first, because the first one is what is shown.
        preview.roles().stream()
                .sorted(Comparator.comparing(change -> !change.isChanged()))
                .forEach(change -> roles.addContent(label(change), diff(change)));
        return roles;
    }

    private static String label(StackPreview.RoleChange change) {
        String role = role(change);
        return Character.toUpperCase(role.charAt(0))
                + role.substring(1)
                + (change.isChanged() ? " · " + Format.count(change.agents(), "agent", "agents") : " · unchanged");
    }

    private static Component diff(StackPreview.RoleChange change) {
        return change.isChanged()
                ? new DiffView("Changes to the " + role(change) + " configuration", change.unifiedDiff())
                : new Paragraph("Nothing changes for this role.");
    }

    private static String role(StackPreview.RoleChange change) {
        return change.role().name().toLowerCase(Locale.ROOT);
    }

    /** Someone saved meanwhile: what is shown is the difference to theirs, and only a decision makes it savable. */
    private Note conflict(StackPreview preview) {
        Button mine = new Button("Save mine over revision " + preview.baseRevision(), click -> {
            expectedRevision = preview.baseRevision();
            show();
        });
        mine.setId("conflict-rebase");
        Note note = new Note(
                Tone.WARN,
                "Somebody saved revision " + preview.baseRevision() + " while you were editing revision "
                        + expectedRevision + ". Below is what your version would change in theirs, including what they"
                        + " just did.",
                mine);
        note.setId("stack-conflict");
        return note;
    }

    /** Somebody saved first: what was refused is kept as a draft, and is shown beside theirs. */
    private void overtaken(StaleStackException e) {
        show();
        StackMerge merge =
                org.call(() -> editing.drafts().merge(cluster, e.draft().id()));
        Button load = new Button("Continue with both", click -> {
            close();
            resume.accept(e.draft());
        });
        load.setId("conflict-merge");
        Note note = new Note(Tone.WARN, ErrorSentence.of(e), new MergeTable(merge), load);
        note.setId("stack-overtaken");
        content.addComponentAsFirst(note);
    }

    private void save() {
        try {
            String text = message.getValue().isBlank()
                    ? "Changed in the console"
                    : message.getValue().strip();
            StackRevision revision =
                    org.call(() -> editing.saving().save(cluster, spec, expectedRevision, text, Writer.CONSOLE));
            close();
            Notifications.done("Revision " + revision.number() + " of " + cluster.name()
                    + (revision.isReleased() ? " is saved." : " is saved and waits for approval."));
            saved.accept(revision);
        } catch (StaleStackException e) {
            overtaken(e);
        } catch (LightvesselException e) {
            if (e.error().type() == ErrorType.STALE) {
                show();
            } else {
                content.addComponentAsFirst(new Note(Tone.BAD, ErrorSentence.of(e)));
                save.setEnabled(true);
            }
        }
    }
}
