package io.lightvessel.stack.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.ui.ActorWords;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.stack.Approval;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.tenancy.Permission;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says that the latest revision waits for somebody, or was turned down, and lets those who may decide. */
class ApprovalNote extends Div {
    private final transient StackService stacks;
    private final transient StackApprovals approvals;
    private final transient Runnable decided;
    private String shown = "";

    ApprovalNote(StackEditing editing, Runnable decided) {
        this.stacks = editing.stacks();
        this.approvals = editing.approvals();
        this.decided = decided;
        setId("stack-approval");
        setVisible(false);
    }

    /** @param running the number of the revision agents should run; 0 for none */
    void set(Org org, Cluster cluster, @Nullable StackRevision latest, int running) {
        Approval approval = latest == null || latest.isReleased() ? null : latest.approval();
        String state = latest == null || approval == null ? "" : latest.number() + approval.toString() + running;
        if (state.equals(shown)) {
            return;
        }
        shown = state;
        removeAll();
        setVisible(approval != null);
        if (latest != null && approval != null) {
            add(
                    approval.isPending()
                            ? waiting(org, cluster, latest, approval, running)
                            : rejected(latest, approval, running));
        }
    }

    private static Note rejected(StackRevision latest, Approval approval, int running) {
        return new Note(
                Tone.BAD,
                "%s rejected revision %d: %s. %s Change it and save again, or load an earlier one."
                        .formatted(
                                ActorWords.of(String.valueOf(approval.decidedBy())),
                                latest.number(),
                                approval.reason(),
                                meanwhile(running)));
    }

    private Note waiting(Org org, Cluster cluster, StackRevision latest, Approval approval, int running) {
        boolean own = approval.authors().contains(org.actor().answerable());
        String authors = approval.authors().stream().map(ActorWords::of).collect(Collectors.joining(" and "));
        Button look = new Button(
                "Review and decide",
                click -> new DecisionDialog(org, stacks, approvals, cluster, latest, running, decided).open());
        look.setId("approval-decide");
        look.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Button withdraw = new Button(
                "Withdraw",
                click -> new DecisionDialog(org, stacks, approvals, cluster, latest, running, decided).open());
        withdraw.setId("approval-withdraw");
        Div actions = new Div(Permit.orReason(org, Permission.STACK_APPROVE, own ? withdraw : look));
        actions.addClassName("lv-row");
        if (own) {
            actions.add(new Span("You worked on it, so somebody else has to approve it."));
        }
        return new Note(
                Tone.WARN,
                "Revision %d by %s waits for the approval of somebody else who is at least %s. %s"
                        .formatted(latest.number(), authors, approval.least().word(), meanwhile(running)),
                actions);
    }

    private static String meanwhile(int running) {
        return running == 0 ? "Agents run nothing until then." : "Agents go on with revision " + running + ".";
    }
}
