package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Address;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.Crumb;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Frame;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.Screen;
import io.lightvessel.platform.ui.ScreenContext;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.Blueprint;
import io.lightvessel.stack.BlueprintChange;
import io.lightvessel.stack.BlueprintDocument;
import io.lightvessel.stack.BlueprintRevision;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.InheritingCluster;
import io.lightvessel.stack.Ownership;
import io.lightvessel.stack.Writer;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Edits a blueprint as a document and says which clusters a change would reach. */
@Route(value = "o/:org/blueprints/:blueprint", layout = Frame.class)
@PermitAll
class BlueprintView extends Screen {
    private final transient BlueprintService blueprints;
    private final transient BlueprintDocument documents;
    private final transient Ownership ownership;
    private final TextArea document = new TextArea("Spec, and overrides for some clusters");
    private final TextField message = new TextField("What and why");
    private final Div findings = new Div();
    private final ManagedNote managed = new ManagedNote("This blueprint");
    private final Span state = new Span();
    private final Button save = new Button("Save revision", click -> save());
    private final SmallTable revisions = new SmallTable(
            "Revisions",
            SmallTable.Column.number("Revision"),
            SmallTable.Column.text("Message"),
            SmallTable.Column.text("By"));
    private final SmallTable clusters = new SmallTable(
            "Clusters that inherit", SmallTable.Column.text("Cluster"), SmallTable.Column.text("Revision"));
    private String slug = "";
    private String saved = "";
    private int revision;

    BlueprintView(
            ScreenContext context, BlueprintService blueprints, BlueprintDocument documents, Ownership ownership) {
        super(context);
        this.blueprints = blueprints;
        this.documents = documents;
        this.ownership = ownership;
        document.setId("blueprint-document");
        document.addClassName("lv-mono");
        document.setWidthFull();
        document.setMinHeight("24em");
        document.setMaxHeight("60vh");
        document.setValueChangeMode(ValueChangeMode.LAZY);
        document.addValueChangeListener(change -> check());
        message.setId("blueprint-message");
        message.setMaxLength(200);
        message.setWidthFull();
        save.setId("blueprint-save");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        state.setId("blueprint-state");
        state.getElement().setAttribute("role", "status");
        findings.setId("blueprint-findings");
    }

    @Override
    protected void show(Org org, Address address) {
        slug = address.required("blueprint");
        Div bar = new Div(state, Permit.orReason(org, Permission.STACK_WRITE, save));
        bar.addClassName("lv-savebar");
        Paragraph hint = new Paragraph("A part of a stack as JSON: what it leaves out is the default, or what a cluster"
                + " says. Objects merge, lists replace, null unsets.");
        hint.addClassName("lv-hint");
        Div left = new Div(findings, new Card("Document", hint, document, message));
        Div right = new Div(new Card("Clusters", clusters), new Card("History", revisions));
        Div columns = new Div(left, right);
        columns.addClassName("lv-columns");
        setBody(managed, columns, bar);
        load(org);
    }

    @Override
    protected void refresh(Org org) {
        showClusters(org);
        showOwner(org);
        if (document.getValue().equals(saved)
                && org.call(() -> blueprints.get(slug)).revision() != revision) {
            load(org);
        }
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        return List.of(new Crumb("Blueprints", Paths.blueprints(org)), Crumb.here(slug));
    }

    private void load(Org org) {
        Blueprint blueprint = org.call(() -> blueprints.get(slug));
        revision = blueprint.revision();
        setHeading(blueprint.name());
        setSummary("Revision %d. %s from it."
                .formatted(revision, Format.count(blueprint.clusters(), "cluster inherits", "clusters inherit")));
        BlueprintRevision latest = org.call(() -> blueprints.revision(slug, revision));
        saved = documents.write(latest.content());
        document.setValue(saved);
        message.clear();
        revisions.setRows(org.call(() -> blueprints.revisions(slug, PageRequest.FIRST)).items().stream()
                .map(item -> List.of(
                        SmallTable.Cell.of(Integer.toString(item.number())),
                        SmallTable.Cell.of(item.message()),
                        SmallTable.Cell.of(ActorWords.of(item.author()))))
                .toList());
        showClusters(org);
        showOwner(org);
        check();
    }

    private void showOwner(Org org) {
        managed.set(org, org.call(() -> blueprints.get(slug)).manager(), () -> {
            org.run(() -> ownership.releaseBlueprint(slug));
            showOwner(org);
        });
        save.setVisible(!managed.isManaged());
        document.setReadOnly(managed.isManaged());
        message.setReadOnly(managed.isManaged());
    }

    private void showClusters(Org org) {
        List<InheritingCluster> heirs =
                org.call(() -> blueprints.clusters(slug, PageRequest.FIRST)).items();
        clusters.setRows(heirs.stream()
                .map(heir -> List.of(
                        new SmallTable.Cell(heir.name(), Paths.stack(org, heir.slug())),
                        SmallTable.Cell.of(heir.follows() ? "follows" : "pinned")))
                .toList());
    }

    private void check() {
        findings.removeAll();
        boolean dirty = !document.getValue().equals(saved);
        save.setEnabled(false);
        if (!dirty) {
            state.setText("No unsaved changes.");
            return;
        }
        try {
            BlueprintChange change = org().call(() -> blueprints.preview(slug, documents.read(document.getValue())));
            state.setText("Unsaved changes. Saving gives "
                    + Format.count(change.clusters().size(), "cluster", "clusters") + " a new revision.");
            save.setEnabled(true);
        } catch (LightvesselException e) {
            state.setText("Problems keep the blueprint from being saved.");
            e.fields().forEach(error -> findings.add(new Note(Tone.BAD, error.detail())));
            if (e.fields().isEmpty()) {
                findings.add(new Note(Tone.BAD, ErrorSentence.of(e)));
            }
        }
    }

    private void save() {
        try {
            String words = message.getValue().isBlank()
                    ? "Changed in the console"
                    : message.getValue().strip();
            BlueprintChange done = org().call(() ->
                    blueprints.save(slug, documents.read(document.getValue()), revision, words, Writer.CONSOLE));
            Notifications.done("Revision %d of %s is saved, and with it one of %s."
                    .formatted(
                            done.revision().number(),
                            slug,
                            Format.count(done.clusters().size(), "cluster", "clusters")));
            load(org());
        } catch (LightvesselException e) {
            // What was typed stays in the field.
            findings.removeAll();
            findings.add(new Note(Tone.BAD, ErrorSentence.of(e)));
        }
    }
}
