package io.lightvessel.stack.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.stack.Ownership;
import io.lightvessel.stack.StackChange;
import io.lightvessel.stack.StackDifference;
import io.lightvessel.stack.StackPreview;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/stack/revisions")
@Tag(name = "Stacks")
class HistoryController {
    private final ClusterService clusters;
    private final StackService stacks;
    private final Ownership ownership;

    HistoryController(ClusterService clusters, StackService stacks, Ownership ownership) {
        this.clusters = clusters;
        this.stacks = stacks;
        this.ownership = ownership;
    }

    /** Two revisions compared: values by JSON pointer, and the rendered text of each role as a unified diff. */
    record DiffBody(int from, int to, List<StackChange> changes, List<FileDiff> files) {
        record FileDiff(String name, String unifiedDiff) {}

        static List<FileDiff> files(List<StackPreview.RoleChange> roles) {
            return roles.stream()
                    .map(role -> new FileDiff(role.role().wireName() + ".yaml", role.unifiedDiff()))
                    .toList();
        }
    }

    @GetMapping("/{number}/diff")
    @Requires(Permission.STACK_READ)
    @Operation(
            summary = "Compare a revision with another",
            description = "With the one before it unless against says another; 0 is the default stack.",
            operationId = "diffStackRevision")
    DiffBody diff(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @PathVariable int number,
            @RequestParam(required = false) @Nullable Integer against) {
        Cluster of = clusters.get(cluster);
        int from = against == null ? number - 1 : against;
        StackDifference diff = stacks.diff(of, from, number);
        return new DiffBody(from, number, diff.changes(), DiffBody.files(diff.roles()));
    }

    @PostMapping("/{number}:restore")
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Restore a revision as a new one",
            description = "A revision that was inherited from a blueprint is restored as it was, and is then pinned to"
                    + " the blueprint's revision unless that is still the latest. With validateOnly the answer is what"
                    + " restoring would do.",
            operationId = "restoreStackRevision",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The saved revision, or the preview",
                        content = @Content(schema = @Schema(oneOf = {StackBody.class, PreviewBody.class})))
            })
    ResponseEntity<?> restore(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @PathVariable int number,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestParam(defaultValue = "") String message,
            @ParameterObject WriterParams writer) {
        Cluster of = clusters.get(cluster);
        if (validateOnly) {
            ownership.checkStack(of, writer.writer());
            StackSpec spec = stacks.revision(of.id(), number).spec();
            return ResponseEntity.ok(PreviewBody.of(spec, stacks.preview(of, spec)));
        }
        StackRevision restored =
                stacks.restore(of, number, BlueprintController.expected(ifMatch), message, writer.writer());
        return ResponseEntity.ok().eTag(ETags.of(restored.number())).body(StackBody.of(restored));
    }
}
