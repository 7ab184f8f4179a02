package io.lightvessel.stack.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.stack.ApprovalRule;
import io.lightvessel.stack.Backends;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A revision that waits, as its author and as somebody else see it, and the setting that asks for it. */
class ApprovalScreensIT extends ConsoleTest {
    private static final String STACK = "o/console-approval/clusters/%s/stack";

    @Autowired
    private StackService stacks;

    @Autowired
    private StackApprovals approvals;

    private Org ada;
    private Org bob;
    private Cluster cluster;

    /** Revision 1 runs, revision 2 is ada's and waits. */
    @BeforeEach
    void aRevisionWaits() {
        ada = org("console-approval");
        member(ada.tenant(), "bob", Role.EDITOR);
        member(ada.tenant(), "vic", Role.VIEWER);
        bob = new Org(ada.tenant(), Actor.user("bob", Role.EDITOR));
        cluster = cluster(ada, "c" + UUID.randomUUID().toString().substring(0, 8));
        ask(ApprovalRule.NONE);
        save(ada, "none", 0);
        ask(ApprovalRule.EDITOR);
        save(ada, "blue", 1);
    }

    @Test
    @SignedInAs(value = "bob", organisations = "console-approval")
    void somebodyElseSeesTheChangeAndApprovesIt() {
        open(STACK.formatted(cluster.slug()));
        assertThat(textOf(byId(Div.class, "stack-approval")))
                .contains("Revision 2 by ada waits for the approval of somebody else who is at least editor."
                        + " Agents go on with revision 1.");
        assertThat(textOf(byId(Div.class, "stack-revisions"))).contains("waits for approval", "current");
        test(byId(Button.class, "approval-decide")).click();
        assertThat(textOf(byId(Dialog.class, "decision-dialog"))).contains("who run revision 1", "by a test");
        test(byId(Button.class, "decision-approve")).click();

        assertThat(running()).isEqualTo(2);
        assertThat(find(Div.class).withId("stack-approval").all()).isEmpty();
        assertThat(textOf(byId(Main.class, "main"))).contains("Revision 2 is what the agents should run.");
    }

    @Test
    @SignedInAs(value = "bob", organisations = "console-approval")
    void aRejectionNeedsAReasonWhichItsAuthorReads() {
        open(STACK.formatted(cluster.slug()));
        test(byId(Button.class, "approval-decide")).click();
        test(byId(Button.class, "decision-reject")).click();
        assertThat(byId(TextField.class, "decision-reason").getErrorMessage())
                .isEqualTo("Say why, for whoever worked on it.");
        test(byId(TextField.class, "decision-reason")).setValue("not on a Friday");
        test(byId(Button.class, "decision-reject")).click();

        assertThat(textOf(byId(Div.class, "stack-approval")))
                .startsWith("bob rejected revision 2: not on a Friday. Agents go on with revision 1.");
        assertThat(running()).isEqualTo(1);
    }

    @Test
    @SignedInAs(value = "ada", organisations = "console-approval")
    void anAuthorMayWithdrawAndIsNotOfferedToApprove() {
        open(STACK.formatted(cluster.slug()));
        assertThat(find(Button.class).withId("approval-decide").all()).isEmpty();
        assertThat(textOf(byId(Div.class, "stack-approval")))
                .contains("You worked on it, so somebody else has to approve it.");
        test(byId(Button.class, "approval-withdraw")).click();
        assertThat(find(Button.class).withId("decision-approve").all()).isEmpty();
        byId(Dialog.class, "decision-dialog").close();

        open("o/console-approval/clusters/" + cluster.slug());
        assertThat(textOf(byId(Main.class, "main"))).contains("waits for somebody else");
    }

    @Test
    @SignedInAs(value = "bob", organisations = "console-approval")
    void whatWasDecidedMeanwhileIsSaid() {
        open(STACK.formatted(cluster.slug()));
        test(byId(Button.class, "approval-decide")).click();
        save(ada, "green", 2);
        test(byId(Button.class, "decision-approve")).click();
        assertThat(textOf(byId(Dialog.class, "decision-dialog"))).contains("so revision 2 is not decided any more");
        assertThat(running()).isEqualTo(1);
    }

    @Test
    @SignedInAs(value = "vic", organisations = "console-approval")
    void aViewerSeesThatItWaitsAndWhyTheyCannotDecide() {
        open(STACK.formatted(cluster.slug()));
        assertThat(textOf(byId(Div.class, "stack-approval")))
                .contains("Revision 2 by ada waits", "Approving or rejecting a stack needs the role editor.");
        open("o/console-approval/settings");
        assertThat(find(Select.class).withId("approval-rule-choice").all()).isEmpty();
        assertThat(textOf(byId(Main.class, "main")))
                .contains("Changing who has to approve stacks needs the role owner.");
    }

    @Test
    @SignedInAs(value = "ada", organisations = "console-approval")
    @SuppressWarnings("unchecked")
    void anOwnerSetsWhoHasToApprove() {
        open("o/console-approval/settings");
        Select<ApprovalRule> choice = byId(Select.class, "approval-rule-choice");
        test(choice).selectItem("the approval of another admin or owner");
        assertThat(ada.call(approvals::rule)).isEqualTo(ApprovalRule.ADMIN);
        assertThat(textOf(byId(Paragraph.class, "approval-rule-meaning")))
                .isEqualTo(
                        "Agents run a revision once it has the approval of another admin or owner. Nobody approves what"
                                + " they worked on.");
    }

    private int running() {
        return bob.call(() -> stacks.released(cluster.id())).orElseThrow().number();
    }

    private void ask(ApprovalRule rule) {
        ada.run(() -> approvals.setRule(rule, approvals.rule()));
    }

    private StackRevision save(Org who, String team, int expected) {
        StackSpec spec = StackSpec.defaults();
        StackSpec changed = spec.withGateway(spec.gateway().withResourceAttributes(Map.of("team", team)))
                .withBackends(new Backends(
                        new Backends.Http("http://prometheus:9090/api/v1/write"),
                        new Backends.Grpc("tempo:4317", true),
                        new Backends.Http("http://loki:3100/otlp"),
                        null,
                        spec.backends().grafana()));
        return who.call(() -> stacks.save(cluster, changed, expected, "by a test"));
    }
}
