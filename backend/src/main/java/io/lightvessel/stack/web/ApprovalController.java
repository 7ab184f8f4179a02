package io.lightvessel.stack.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/stack/revisions")
@Tag(name = "Stacks")
class ApprovalController {
    private final ClusterService clusters;
    private final StackApprovals approvals;

    ApprovalController(ClusterService clusters, StackApprovals approvals) {
        this.clusters = clusters;
        this.approvals = approvals;
    }

    /** Why somebody decided so; a rejection needs it. */
    record DecisionBody(@Nullable String reason) {
        static String reason(@Nullable DecisionBody body) {
            return body == null || body.reason() == null ? "" : body.reason();
        }
    }

    @PostMapping("/{number}:approve")
    @Requires(Permission.STACK_APPROVE)
    @Operation(
            summary = "Approve a revision, which agents run from then on",
            description =
                    "For somebody who did not work on it and has the role that the tenant asks for; a token counts"
                            + " as the member who answers for it. Only the latest revision: what was saved since makes it 412.",
            operationId = "approveStackRevision")
    ResponseEntity<StackBody> approve(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @PathVariable int number,
            @RequestBody(required = false) @Nullable DecisionBody decision) {
        Cluster of = clusters.get(cluster);
        return answer(approvals.approve(of, number, DecisionBody.reason(decision)));
    }

    @PostMapping("/{number}:reject")
    @Requires(Permission.STACK_APPROVE)
    @Operation(
            summary = "Reject a revision that waits for approval",
            description = "Agents go on with the one before. Needs a reason; whoever worked on it may withdraw it so.",
            operationId = "rejectStackRevision")
    ResponseEntity<StackBody> reject(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @PathVariable int number,
            @RequestBody DecisionBody decision) {
        Cluster of = clusters.get(cluster);
        return answer(approvals.reject(of, number, DecisionBody.reason(decision)));
    }

    private static ResponseEntity<StackBody> answer(StackRevision revision) {
        return ResponseEntity.ok().eTag(ETags.of(revision.number())).body(StackBody.of(revision));
    }
}
