package io.lightvessel.stack.web;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.stack.ApprovalRule;
import io.lightvessel.stack.StackApprovals;
import io.lightvessel.stack.StackError;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

@Api("/api/v1/tenants/{tenant}/stack-settings")
@Tag(name = "Stacks")
class StackSettingsController {
    private final StackApprovals approvals;

    StackSettingsController(StackApprovals approvals) {
        this.approvals = approvals;
    }

    /** What holds for all stacks of the tenant: the least role of somebody else who has to approve a revision, or NONE. */
    record StackSettingsBody(@Nullable ApprovalRule approval) {
        ApprovalRule rule() {
            if (approval == null) {
                String detail = "approval: nothing (expected: NONE, EDITOR or ADMIN)";
                throw FieldErrors.invalid(List.of(new FieldError("/approval", "not_null", detail)));
            }
            return approval;
        }
    }

    @GetMapping
    @Requires(Permission.STACK_READ)
    @Operation(summary = "Get what holds for all stacks of the tenant", operationId = "getStackSettings")
    ResponseEntity<StackSettingsBody> get(@PathVariable String tenant) {
        return answer(approvals.rule());
    }

    @PutMapping
    @Requires(Permission.STACK_RULES)
    @Operation(
            summary = "Set what holds for all stacks of the tenant",
            description = "Holds for revisions saved from then on; those that wait for approval go on waiting.",
            operationId = "putStackSettings")
    ResponseEntity<StackSettingsBody> put(
            @PathVariable String tenant,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody StackSettingsBody settings) {
        approvals.setRule(settings.rule(), expected(ETags.required(ifMatch)));
        return answer(settings.rule());
    }

    // The settings are one value, so the value is its own version.
    private static ApprovalRule expected(long tag) {
        ApprovalRule[] rules = ApprovalRule.values();
        if (tag >= rules.length) {
            throw new LightvesselException(
                    StackError.STACK_SETTINGS_STALE,
                    "If-Match: \"%d\" (expected: the ETag the settings were read with)".formatted(tag));
        }
        return rules[(int) tag];
    }

    private static ResponseEntity<StackSettingsBody> answer(ApprovalRule rule) {
        return ResponseEntity.ok().eTag(ETags.of(rule.ordinal())).body(new StackSettingsBody(rule));
    }
}
