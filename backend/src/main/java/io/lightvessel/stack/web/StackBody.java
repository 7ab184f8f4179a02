package io.lightvessel.stack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.stack.Approval;
import io.lightvessel.stack.Inheritance;
import io.lightvessel.stack.Manager;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.tenancy.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A revision of a stack on the wire; revision 0 is the default stack of a cluster that has none saved. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StackBody(
        int revision,
        @Nullable String author,
        @Nullable String message,
        @Nullable Instant createdAt,
        StackSpec spec,
        @Nullable Map<String, String> digests,
        @Nullable Inheritance inheritance,
        @Nullable ApprovalBody approval,
        @Nullable Integer desiredRevision,
        @Nullable Manager managedBy) {

    /** What becomes of a revision that somebody else has to agree to. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ApprovalBody(
            Approval.State state,
            List<String> authors,
            Role leastRole,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable String reason) {

        static @Nullable ApprovalBody of(@Nullable Approval approval) {
            return approval == null
                    ? null
                    : new ApprovalBody(
                            approval.state(),
                            approval.authors(),
                            approval.least(),
                            approval.decidedBy(),
                            approval.decidedAt(),
                            approval.isPending() ? null : approval.reason());
        }
    }

    static StackBody of(StackRevision revision) {
        Map<String, String> digests = new TreeMap<>();
        revision.digests().forEach((role, digest) -> digests.put(role.wireName(), digest));
        return new StackBody(
                revision.number(),
                revision.author(),
                revision.message(),
                revision.createdAt(),
                revision.spec(),
                digests,
                revision.inheritance(),
                ApprovalBody.of(revision.approval()),
                null,
                null);
    }

    /**
     * @param number of the revision agents should run
     * @param manager the tool that owns the stack
     */
    StackBody desired(int number, @Nullable Manager manager) {
        return new StackBody(
                revision, author, message, createdAt, spec, digests, inheritance, approval, number, manager);
    }

    static StackBody defaults() {
        return new StackBody(0, null, null, null, StackSpec.defaults(), null, null, null, null, null);
    }
}
