package io.lightvessel.stack.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.Route;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
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
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.Draft;
import io.lightvessel.stack.Inheritance;
import io.lightvessel.stack.InheritanceService;
import io.lightvessel.stack.Provenance;
import io.lightvessel.stack.RevisionSummary;
import io.lightvessel.stack.StackFinding;
import io.lightvessel.stack.StackMerge;
import io.lightvessel.stack.StackPreview;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.Writer;
import io.lightvessel.tenancy.Permission;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Edits the declared stack of a cluster: findings as one types, a review of what changes before it is saved. */
@Route(value = "o/:org/clusters/:cluster/stack", layout = Frame.class)
@PermitAll
class StackView extends Screen implements BeforeLeaveObserver {

    private final transient ClusterService clusters;
    private final transient StackService stacks;
    private final transient StackEditing editing;
    private final transient BlueprintService blueprints;
    private final transient InheritanceService inheritances;

    private final StackForm form = new StackForm(this::edited);
    private final FindingList findings = new FindingList();
    private final RevisionList revisions = new RevisionList(this::load, this::showRevision);
    private final DraftList drafts = new DraftList(this::resume, this::deleteDraft);
    private final InheritanceCard inheritance = new InheritanceCard(this::inherit, this::detach);
    private final Button keep = new Button("Keep as draft", click -> keepDraft());
    private final Div newer = new Div();
    private final ApprovalNote approval;
    private final ManagedNote managed = new ManagedNote("This stack");
    private final transient EditLock lock = new EditLock();
    private final Button document = new Button("Edit as document", click -> editDocument());
    private final Span state = new Span();
    private final Button review = new Button("Review changes", click -> review());
    private final Button discard = new Button("Discard", click -> discard());
    private @Nullable Cluster cluster;
    private StackSpec saved = StackSpec.defaults();
    private int revision;

    StackView(
            ScreenContext context,
            ClusterService clusters,
            StackEditing editing,
            BlueprintService blueprints,
            InheritanceService inheritances) {
        super(context);
        this.clusters = clusters;
        this.stacks = editing.stacks();
        this.editing = editing;
        this.blueprints = blueprints;
        this.inheritances = inheritances;
        this.approval = new ApprovalNote(editing, this::showDecision);
        keep.setId("stack-keep-draft");
        document.setId("stack-document");
        document.addClassName(EditLock.EDITS);
        review.addClassName(EditLock.EDITS);
        review.setId("stack-review");
        review.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        discard.setId("stack-discard");
        state.setId("stack-state");
        state.getElement().setAttribute("role", "status");
        newer.setId("stack-newer");
    }

    @Override
    protected void show(Org org, Address address) {
        Cluster of = org.call(() -> clusters.get(address.required("cluster")));
        cluster = of;
        setHeading("Stack of " + of.name());
        setActions(document);
        Div bar = new Div(state, Permit.orReason(org, Permission.STACK_WRITE, actions()));
        bar.addClassName("lv-savebar");
        Div left = new Div(findings, form);
        Div right =
                new Div(new Card("Blueprint", inheritance), new Card("Drafts", drafts), new Card("History", revisions));
        Div columns = new Div(left, right);
        columns.addClassName("lv-columns");
        setBody(newer, managed, approval, columns, bar);
        reload(org, of);
        address.query("draft")
                .filter(id -> !id.isBlank())
                .flatMap(id -> org.call(() -> editing.drafts().list(of, PageRequest.FIRST)).items().stream()
                        .filter(draft -> draft.id().toString().equals(id))
                        .findFirst())
                .ifPresent(this::resume);
    }

    @Override
    protected void refresh(Org org) {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        int latest = org.call(() -> stacks.current(of.id()))
                .map(StackRevision::number)
                .orElse(0);
        if (latest == revision) {
            showNewer(null);
            showDecision();
        } else if (!isDirty()) {
            reload(org, of);
        } else if (newer.getComponentCount() == 0) {
            showNewer(new Note(
                    Tone.WARN,
                    "Revision " + latest + " was saved while you were editing revision " + revision
                            + ". Review your changes to see them against it, or discard them to see it."));
        }
    }

    @Override
    protected List<Crumb> crumbs(Org org) {
        Cluster of = cluster;
        return of == null
                ? List.of(Crumb.here("Stack"))
                : List.of(
                        new Crumb("Clusters", Paths.clusters(org)),
                        new Crumb(of.name(), Paths.cluster(org, of.slug())),
                        Crumb.here("Stack"));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        // Closing the tab or reloading it is not a navigation the server hears of.
        getElement().executeJs("""
                        const main = this;
                        window.addEventListener('beforeunload', e => {
                          if (main.isConnected && main.dataset.dirty === 'true') { e.preventDefault(); }
                        });
                        """);
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        if (!isDirty()) {
            return;
        }
        BeforeLeaveEvent.ContinueNavigationAction leave = event.postpone();
        ConfirmDialog dialog = new ConfirmDialog(
                "Leave without saving?",
                "The changes to the stack are not saved and will be lost.",
                "Leave",
                confirm -> leave.proceed(),
                "Stay",
                stay -> leave.cancel());
        dialog.setId("leave-dialog");
        dialog.setConfirmButtonTheme("error primary");
        dialog.open();
    }

    private void showNewer(@Nullable Note note) {
        newer.removeAll();
        if (note != null) {
            newer.add(note);
        }
        newer.setVisible(note != null);
    }

    private Div actions() {
        Div actions = new Div(discard, keep, review);
        actions.addClassName("lv-actions");
        return actions;
    }

    private void reload(Org org, Cluster of) {
        Optional<StackRevision> current = org.call(() -> stacks.current(of.id()));
        saved = current.map(StackRevision::spec).orElseGet(StackSpec::defaults);
        revision = current.map(StackRevision::number).orElse(0);
        form.write(saved);
        showNewer(null);
        drafts.set(
                org,
                org.call(() -> editing.drafts().list(of, PageRequest.FIRST)).items());
        showInheritance(org, of, current.orElse(null));
        showDecision();
        edited();
    }

    /** What became of the latest revision, and so what agents should run. */
    private void showDecision() {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        Org org = org();
        Optional<StackRevision> latest = org.call(() -> stacks.current(of.id()));
        int running = org.call(() -> stacks.released(of.id()))
                .map(StackRevision::number)
                .orElse(0);
        approval.set(org, of, latest.orElse(null), running);
        revisions.set(
                org.call(() -> stacks.revisions(of.id(), PageRequest.FIRST)).items(), running);
        showOwner(org, of);
        if (running > 0) {
            setSummary("Revision " + running + " is what the agents should run.");
        } else {
            setSummary(
                    latest.isPresent()
                            ? "Nothing is approved yet, so agents run nothing."
                            : "Nothing is saved yet; what is shown are the defaults.");
        }
    }

    private void showOwner(Org org, Cluster of) {
        managed.setStack(org, editing.ownership(), of, this::showDecision);
        lock.set(managed.isManaged(), form, inheritance, drafts, revisions, review, document);
    }

    private void showInheritance(Org org, Cluster of, @Nullable StackRevision current) {
        Inheritance from = current == null ? null : current.inheritance();
        if (current == null || from == null) {
            inheritance.standsAlone(org);
            form.showOrigins(Map.of());
            return;
        }
        Provenance provenance = org.call(() -> stacks.provenance(of, current));
        inheritance.set(org, from, provenance);
        form.showOrigins(provenance.origins());
    }

    private void inherit() {
        Cluster of = cluster;
        if (of != null) {
            new InheritDialog(org(), blueprints, inheritances, of, revision, () -> reload(org(), of)).open();
        }
    }

    private void detach() {
        Cluster of = cluster;
        if (of != null) {
            attempt(() -> {
                org().call(() -> inheritances.detach(of, revision, "Stand alone", Writer.CONSOLE));
                reload(org(), of);
            });
        }
    }

    private void showRevision(RevisionSummary shown) {
        Cluster of = cluster;
        if (of != null) {
            new RevisionDialog(org(), stacks, of, shown).open();
        }
    }

    private void keepDraft() {
        Cluster of = cluster;
        if (of != null) {
            attempt(() -> {
                org().call(() -> editing.drafts().create(of, form.read(), revision, "Kept in the console"));
                reload(org(), of);
                Notifications.done("Your changes are kept as a draft; the stack is as it was.");
            });
        }
    }

    private void deleteDraft(Draft draft) {
        Cluster of = cluster;
        if (of != null) {
            attempt(() -> {
                org().run(() -> editing.drafts().delete(of, draft.id(), draft.version()));
                drafts.set(
                        org(),
                        org().call(() -> editing.drafts().list(of, PageRequest.FIRST))
                                .items());
            });
        }
    }

    /** Goes on with a draft over the latest revision; what others saved since it was begun stays, and is said. */
    private void resume(Draft draft) {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        attempt(() -> {
            reload(org(), of);
            StackMerge merge = org().call(() -> editing.drafts().merge(of, draft.id()));
            form.write(merge.merged());
            edited();
            if (merge.base() != merge.current()) {
                showNewer(new Note(
                        merge.hasConflicts() ? Tone.WARN : Tone.GOOD,
                        "The draft was begun with revision " + merge.base() + " and is now over revision "
                                + merge.current() + ". Look at both before you review.",
                        new MergeTable(merge)));
            }
        });
    }

    private void editDocument() {
        new DocumentDialog(editing.documents(), form.read(), spec -> {
                    form.write(spec);
                    edited();
                })
                .open();
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (LightvesselException e) {
            Notifications.failed(ErrorSentence.of(e));
        }
    }

    private void load(RevisionSummary old) {
        Cluster of = cluster;
        if (of != null) {
            form.write(org().call(() -> stacks.revision(of.id(), old.number())).spec());
            edited();
        }
    }

    private void discard() {
        Cluster of = cluster;
        if (of != null) {
            reload(org(), of);
        }
    }

    private boolean isDirty() {
        return !form.read().equals(saved);
    }

    private void edited() {
        Cluster of = cluster;
        if (of == null) {
            return;
        }
        StackSpec spec = form.read();
        boolean dirty = !spec.equals(saved);
        boolean unique = form.attributesAreUnique();
        StackPreview preview = org().call(() -> stacks.preview(of, spec));
        findings.set(form.showFindings(preview.findings()));
        long errors = preview.findings().stream().filter(StackFinding::isError).count() + (unique ? 0 : 1);
        state.setText(words(dirty, errors, preview));
        review.setEnabled((dirty || revision == 0) && errors == 0);
        discard.setEnabled(dirty);
        keep.setEnabled(dirty);
        getElement().setAttribute("data-dirty", Boolean.toString(dirty));
    }

    private static String words(boolean dirty, long errors, StackPreview preview) {
        if (errors > 0) {
            return Format.count(errors, "problem keeps", "problems keep") + " the stack from being saved.";
        }
        return dirty
                ? "Unsaved changes. They would apply to " + Format.count(preview.affectedAgents(), "agent", "agents")
                        + "."
                : "No unsaved changes.";
    }

    private void review() {
        Cluster of = cluster;
        if (of != null) {
            new ReviewDialog(org(), editing, of, form.read(), revision, done -> reload(org(), of), this::resume).open();
        }
    }
}
