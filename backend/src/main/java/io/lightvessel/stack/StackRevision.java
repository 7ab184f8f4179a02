package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.wire.AgentRole;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One saved version of a cluster's stack; it never changes, but for what becomes of its approval.
 *
 * @param number counts from 1 within the cluster
 * @param digests SHA-256 of the rendered config of each role
 * @param inheritance nothing when the stack stands alone
 * @param approval nothing when it needed nobody's
 */
public record StackRevision(
        ClusterId cluster,
        int number,
        String author,
        String message,
        Instant createdAt,
        StackSpec spec,
        Map<AgentRole, String> digests,
        @Nullable Inheritance inheritance,
        @Nullable Approval approval) {

    /** Whether agents may run it. */
    public boolean isReleased() {
        return approval == null || approval.state() == Approval.State.APPROVED;
    }

    StackRevision with(Approval decided) {
        return new StackRevision(cluster, number, author, message, createdAt, spec, digests, inheritance, decided);
    }
}
