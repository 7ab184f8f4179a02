package io.lightvessel.stack;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.RoleGuard;
import io.lightvessel.tenancy.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A second person's word on revisions, for tenants that ask for it. */
@Service
@Transactional
public class StackApprovals {
    private final ApprovalStore approvals;
    private final RevisionStore revisions;
    private final StackService stacks;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock clock;

    StackApprovals(
            ApprovalStore approvals,
            RevisionStore revisions,
            StackService stacks,
            ApplicationEventPublisher events,
            Audit audit,
            Clock clock) {
        this.approvals = approvals;
        this.revisions = revisions;
        this.stacks = stacks;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    @Requires(Permission.STACK_READ)
    public ApprovalRule rule() {
        return approvals.rule();
    }

    /** Holds for revisions saved from now on; what waits for somebody goes on waiting. */
    @Requires(Permission.STACK_RULES)
    public void setRule(ApprovalRule rule, ApprovalRule expected) {
        ApprovalRule before = approvals.lockedRule();
        if (before != expected) {
            throw new LightvesselException(
                    StackError.STACK_SETTINGS_STALE,
                    "approval: %s by now, not %s (expected: what it is). Read the settings again and decide anew."
                            .formatted(before, expected));
        }
        if (before == rule) {
            audit.unchanged();
            return;
        }
        approvals.setRule(rule);
        audit.changed("stack.rules", "stack_settings", Map.of("approval", before), Map.of("approval", rule));
    }

    /** Lets agents run a revision. Not for whoever worked on it, nor for programs that nobody answers for. */
    @Requires(Permission.STACK_APPROVE)
    public StackRevision approve(Cluster cluster, int number, String reason) {
        StackRevision revision = decidable(cluster, number);
        Approval approval = pending(cluster, revision);
        RoleGuard.requireAtLeast(
                strictest(approval.least(), approvals.rule()), "Approving revision %d of this stack".formatted(number));
        Actor actor = TenantScope.actor();
        if (actor.person() == null) {
            throw new LightvesselException(
                    StackError.APPROVAL_NEEDS_PERSON,
                    "%s belongs to nobody in particular (expected: a member, or a token that a member answers for)."
                            .formatted(actor.name()));
        }
        if (approval.authors().contains(actor.answerable())) {
            throw new LightvesselException(
                    StackError.APPROVAL_OWN,
                    "Revision %d is the work of %s. Somebody else has to approve it."
                            .formatted(number, String.join(" and ", approval.authors())));
        }
        StackRevision approved = decide(cluster, revision, approval, Approval.State.APPROVED, reason);
        events.publishEvent(new StackReleased(TenantScope.tenant(), approved));
        return approved;
    }

    /** Says that a revision will not be run; its authors may, too. */
    @Requires(Permission.STACK_APPROVE)
    public StackRevision reject(Cluster cluster, int number, String reason) {
        if (reason.isBlank()) {
            String detail = "reason: nothing (expected: why, for its author)";
            throw new LightvesselException(
                    StackError.STACK_INVALID, detail, List.of(new FieldError("/reason", "size", detail)));
        }
        StackRevision revision = decidable(cluster, number);
        return decide(cluster, revision, pending(cluster, revision), Approval.State.REJECTED, reason);
    }

    // What came after a revision was never looked at together with it: a word on it would be about something else.
    private StackRevision decidable(Cluster cluster, int number) {
        StackRevision revision = stacks.revision(cluster.id(), number);
        int latest = revisions.current(cluster.id()).map(StackRevision::number).orElse(0);
        if (latest != number) {
            throw new LightvesselException(
                    StackError.APPROVAL_STALE,
                    "The stack of %s is at revision %d, so revision %d is not decided any more. Look at the latest."
                            .formatted(cluster.slug(), latest, number));
        }
        return revision;
    }

    private static Approval pending(Cluster cluster, StackRevision revision) {
        Approval approval = revision.approval();
        if (approval == null || !approval.isPending()) {
            throw decided(cluster, revision.number());
        }
        return approval;
    }

    private StackRevision decide(
            Cluster cluster, StackRevision revision, Approval approval, Approval.State how, String reason) {
        RevisionWriter.requireText("reason", reason);
        String by = TenantScope.actor().name();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!approvals.decide(cluster.id(), revision.number(), how, by, at, reason.strip())) {
            throw decided(cluster, revision.number());
        }
        Approval decided = approval.decided(how, by, at, reason.strip());
        Map<String, Object> after = new TreeMap<>(Map.of("revision", revision.number(), "approval", how));
        after.put("reason", decided.reason());
        after.put("authors", decided.authors());
        audit.changed(
                how == Approval.State.APPROVED ? "stack.approve" : "stack.reject",
                "cluster/" + cluster.slug() + "/stack",
                Map.of("revision", revision.number(), "approval", approval.state()),
                after);
        return revision.with(decided);
    }

    private static Role strictest(Role asked, ApprovalRule now) {
        Role least = now.least();
        return least == null || asked.includes(least) ? asked : least;
    }

    private static LightvesselException decided(Cluster cluster, int number) {
        return new LightvesselException(
                StackError.APPROVAL_NOT_PENDING,
                "Revision %d of the stack of %s waits for nobody's approval.".formatted(number, cluster.slug()));
    }
}
