package io.lightvessel.stack;

import io.lightvessel.audit.Audit;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.QuotaGuard;
import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Adds a revision to a cluster's history, once it is known to be good and to follow the one it was made from. */
@Component
class RevisionWriter {
    private static final int MESSAGE_LENGTH = 500;

    private final RevisionStore revisions;
    private final ApprovalStore approvals;
    private final StackChecks checks;
    private final RoleRenderer renderer;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final QuotaGuard quotas;
    private final Clock clock;

    RevisionWriter(
            RevisionStore revisions,
            ApprovalStore approvals,
            StackChecks checks,
            RoleRenderer renderer,
            ApplicationEventPublisher events,
            Audit audit,
            QuotaGuard quotas,
            Clock clock) {
        this.revisions = revisions;
        this.approvals = approvals;
        this.checks = checks;
        this.renderer = renderer;
        this.events = events;
        this.audit = audit;
        this.quotas = quotas;
        this.clock = clock;
    }

    /**
     * @param expected the number the change started from; 0 for the first
     * @param others those whose work goes into it besides whoever saves it
     */
    StackRevision append(
            Cluster cluster,
            StackSpec spec,
            @Nullable Inheritance inheritance,
            int expected,
            String message,
            List<String> others) {
        checks.require(cluster, spec);
        requireMessage(message);
        quotas.requireRoom(QuotaKind.REVISIONS);
        int latest = revisions.current(cluster.id()).map(StackRevision::number).orElse(0);
        if (latest != expected) {
            throw RevisionStore.stale(cluster, expected, latest);
        }
        StackRevision revision = new StackRevision(
                cluster.id(),
                latest + 1,
                TenantScope.actor().name(),
                message,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                spec,
                digests(cluster, spec),
                inheritance,
                approval(others));
        revisions.insert(cluster, revision);
        audit.changed(
                "stack.save", "cluster/" + cluster.slug() + "/stack", Map.of("revision", latest), summary(revision));
        if (revision.isReleased()) {
            events.publishEvent(new StackReleased(TenantScope.tenant(), revision));
        }
        return revision;
    }

    private @Nullable Approval approval(List<String> others) {
        Role least = approvals.rule().least();
        return least == null ? null : Approval.pending(Authors.with(others), least);
    }

    private static Map<String, Object> summary(StackRevision revision) {
        Map<String, Object> summary = new TreeMap<>(
                Map.of("revision", revision.number(), "message", revision.message(), "digests", revision.digests()));
        if (revision.approval() != null) {
            summary.put("approval", revision.approval().state());
        }
        return summary;
    }

    private Map<AgentRole, String> digests(Cluster cluster, StackSpec spec) {
        Map<AgentRole, String> digests = new EnumMap<>(AgentRole.class);
        for (AgentRole role : AgentRole.values()) {
            digests.put(
                    role,
                    renderer.agentConfig(spec, ClusterFacts.of(cluster), role).sha256());
        }
        return digests;
    }

    static void requireMessage(String message) {
        requireText("message", message);
    }

    static void requireText(String what, String text) {
        if (text.length() > MESSAGE_LENGTH) {
            String detail = "%s: %d characters (expected: at most %d)".formatted(what, text.length(), MESSAGE_LENGTH);
            throw new LightvesselException(
                    StackError.STACK_INVALID, detail, List.of(new FieldError("/" + what, "size", detail)));
        }
    }
}
