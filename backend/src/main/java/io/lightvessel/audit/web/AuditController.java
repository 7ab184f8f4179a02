package io.lightvessel.audit.web;

import io.lightvessel.audit.AuditFilter;
import io.lightvessel.audit.AuditLog;
import io.lightvessel.audit.Verification;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}")
@Tag(name = "Audit", description = "Who changed what")
class AuditController {
    private final AuditLog log;
    private final AuditExport export;

    AuditController(AuditLog log, AuditExport export) {
        this.log = log;
        this.export = export;
    }

    /** What checking the chain found; {@code broken} names the first entry that does not fit. */
    record VerificationBody(
            boolean intact,
            long entries,
            String head,
            @Nullable BrokenBody broken) {}

    /** The first entry that does not fit. */
    record BrokenBody(long number, String reason) {}

    @Requires(Permission.AUDIT_READ)
    @GetMapping("/audit-entries")
    @Operation(summary = "List changes, latest first", operationId = "listAuditEntries")
    PageBody<AuditEntryBody> list(
            @PathVariable String tenant,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(
                log.list(new AuditFilter(actor, action, target, from, until), PageRequest.parse(pageSize, pageToken)),
                AuditEntryBody::of);
    }

    @Requires(Permission.AUDIT_READ)
    @GetMapping(
            path = "/audit-entries:export",
            produces = {"application/x-ndjson", "text/csv", "application/json"})
    @Operation(
            summary = "Download all changes that match, latest first",
            operationId = "exportAuditEntries",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "A JSON object or a row for each",
                        content = {
                            @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                            @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
                        })
            })
    void export(
            @PathVariable String tenant,
            @RequestParam(defaultValue = "ndjson") @Schema(allowableValues = {"ndjson", "csv"}) String format,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            HttpServletResponse response)
            throws IOException {
        export.write(ExportFormat.of(format), tenant, new AuditFilter(actor, action, target, from, until), response);
    }

    @Requires(Permission.AUDIT_READ)
    @PostMapping("/audit-log:verify")
    @Operation(
            summary = "Check that no entry was changed, removed or moved",
            description = "Reads the whole log. Note the head elsewhere: it shows if all of the end was replaced.",
            operationId = "verifyAuditLog")
    VerificationBody verify(@PathVariable String tenant) {
        Verification found = log.verify();
        Verification.Broken broken = found.broken();
        return new VerificationBody(
                broken == null,
                found.entries(),
                found.head(),
                broken == null ? null : new BrokenBody(broken.number(), broken.reason()));
    }
}
