package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.Approval;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;

/** Shows what approving a revision would change for agents, and takes the decision with its reason. */
class DecisionDialog extends Dialog {
    private final transient Org org;
    private final transient StackApprovals approvals;
    private final transient Cluster cluster;
    private final transient StackRevision revision;
    private final transient Runnable decided;
    private final TextField reason = new TextField("Why");
    private final Div problem = new Div();

    DecisionDialog(
            Org org,
            StackService stacks,
            StackApprovals approvals,
            Cluster cluster,
            StackRevision revision,
            int running,
            Runnable decided) {
        this.org = org;
        this.approvals = approvals;
        this.cluster = cluster;
        this.revision = revision;
        this.decided = decided;
        Approval approval = revision.approval();
        boolean own =
                approval != null && approval.authors().contains(org.actor().answerable());
        setId("decision-dialog");
        setHeaderTitle(
                (own ? "Withdraw" : "Decide about") + " revision " + revision.number() + " of " + cluster.name());
        setWidth("min(1040px, 94vw)");
        setResizable(true);
        Paragraph who = new Paragraph(
                ActorWords.of(revision.author()) + (revision.message().isBlank() ? "" : ": " + revision.message()));
        Paragraph against = new Paragraph(
                running == 0
                        ? "Agents run nothing yet; this is all of it."
                        : "This is what changes for agents, who run revision " + running + ".");
        against.addClassName("lv-soft");
        reason.setId("decision-reason");
        reason.setHelperText("Needed to reject; it stays in the history.");
        reason.setMaxLength(500);
        reason.setWidthFull();
        Div body = new Div(
                who,
                against,
                RevisionDialog.parts(org.call(() -> stacks.diff(cluster, running, revision.number()))),
                problem,
                reason);
        body.addClassName("lv-body");
        add(body);
        Button approve = new Button("Approve", click -> decide(true));
        approve.setId("decision-approve");
        approve.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        approve.setVisible(!own);
        Button reject = new Button(own ? "Withdraw" : "Reject", click -> decide(false));
        reject.setId("decision-reject");
        reject.addThemeVariants(ButtonVariant.LUMO_ERROR);
        getFooter().add(new Button("Cancel", click -> close()), reject, approve);
    }

    private void decide(boolean approve) {
        String why = reason.getValue().strip();
        if (!approve && why.isEmpty()) {
            reason.setErrorMessage("Say why, for whoever worked on it.");
            reason.setInvalid(true);
            return;
        }
        try {
            int number = revision.number();
            org.call(() -> approve ? approvals.approve(cluster, number, why) : approvals.reject(cluster, number, why));
            close();
            Notifications.done("Revision %d of %s is %s."
                    .formatted(
                            number, cluster.name(), approve ? "approved; agents get it now" : "not going to be run"));
            decided.run();
        } catch (LightvesselException e) {
            problem.removeAll();
            problem.add(new Note(Tone.BAD, ErrorSentence.of(e)));
        }
    }
}
