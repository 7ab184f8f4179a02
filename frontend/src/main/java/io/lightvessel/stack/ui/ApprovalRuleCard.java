package io.lightvessel.stack.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.ui.Card;
import io.lightvessel.platform.ui.ErrorSentence;
import io.lightvessel.platform.ui.Notifications;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Permit;
import io.lightvessel.stack.ApprovalRule;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.tenancy.Permission;

/** Shows who has to agree to revisions of stacks, and lets owners change it. */
public class ApprovalRuleCard extends Card {
    private final transient Org org;
    private final transient StackApprovals approvals;
    private final Select<ApprovalRule> choice = new Select<>();
    private final Paragraph meaning = new Paragraph();
    private ApprovalRule rule;

    public ApprovalRuleCard(Org org, StackApprovals approvals) {
        super("Approval of stacks");
        this.org = org;
        this.approvals = approvals;
        this.rule = org.call(approvals::rule);
        setId("approval-rule");
        choice.setId("approval-rule-choice");
        choice.setLabel("A revision needs");
        choice.setItems(ApprovalRule.values());
        choice.setItemLabelGenerator(ApprovalRuleCard::words);
        choice.setWidthFull();
        choice.setValue(rule);
        choice.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                set(change.getValue());
            }
        });
        meaning.setId("approval-rule-meaning");
        explain();
        Div control = new Div(choice);
        add(meaning, Permit.orReason(org, Permission.STACK_RULES, control));
    }

    private void set(ApprovalRule wanted) {
        try {
            ApprovalRule before = rule;
            org.run(() -> approvals.setRule(wanted, before));
            Notifications.done("From now on a revision needs " + words(wanted) + ".");
        } catch (LightvesselException e) {
            Notifications.failed(ErrorSentence.of(e));
        }
        refresh();
    }

    /** Shows what holds by now. */
    public final void refresh() {
        rule = org.call(approvals::rule);
        choice.setValue(rule);
        explain();
    }

    private void explain() {
        meaning.setText(
                rule == ApprovalRule.NONE
                        ? "Agents run a revision as soon as it is saved."
                        : "Agents run a revision once it has " + words(rule)
                                + ". Nobody approves what they worked on.");
    }

    private static String words(ApprovalRule rule) {
        return switch (rule) {
            case NONE -> "nobody's approval";
            case EDITOR -> "the approval of another editor, admin or owner";
            case ADMIN -> "the approval of another admin or owner";
        };
    }
}
