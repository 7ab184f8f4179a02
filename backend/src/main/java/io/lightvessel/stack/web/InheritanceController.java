package io.lightvessel.stack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.stack.InheritancePreview;
import io.lightvessel.stack.InheritanceService;
import io.lightvessel.stack.Origin;
import io.lightvessel.stack.Ownership;
import io.lightvessel.stack.Provenance;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/stack")
@Tag(name = "Stacks")
class InheritanceController {
    private final ClusterService clusters;
    private final StackService stacks;
    private final InheritanceService inheritances;
    private final Ownership ownership;

    InheritanceController(
            ClusterService clusters, StackService stacks, InheritanceService inheritances, Ownership ownership) {
        this.clusters = clusters;
        this.stacks = stacks;
        this.inheritances = inheritances;
        this.ownership = ownership;
    }

    /**
     * What to inherit from.
     *
     * @param pinned the blueprint's revision to stay at; without one the cluster follows the latest
     * @param override the cluster's own part, a merge patch
     */
    record InheritanceRequest(
            String blueprint,
            @Nullable Integer pinned,
            @Nullable ObjectNode override) {
        ObjectNode overrideOrNone() {
            return override == null ? JsonNodeFactory.instance.objectNode() : override;
        }
    }

    /** Values of a stack and where they come from; lists are one value. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProvenanceBody(int revision, List<Value> values) {
        record Value(String pointer, Origin origin) {}

        static ProvenanceBody of(Provenance provenance) {
            return new ProvenanceBody(
                    provenance.revision(),
                    provenance.origins().entrySet().stream()
                            .map(entry -> new Value(entry.getKey(), entry.getValue()))
                            .toList());
        }
    }

    @PutMapping("/inheritance")
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Let the stack inherit from a blueprint",
            description = "Saves a revision that is the blueprint's and the cluster's own part over it, a JSON merge"
                    + " patch. With validateOnly the answer is what saving would do.",
            operationId = "putStackInheritance",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The saved revision, or the preview",
                        content = @Content(schema = @Schema(oneOf = {StackBody.class, PreviewBody.class})))
            })
    ResponseEntity<?> inherit(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestParam(defaultValue = "") String message,
            @ParameterObject WriterParams writer,
            @RequestBody InheritanceRequest request) {
        Cluster target = clusters.get(cluster);
        if (validateOnly) {
            ownership.checkStack(target, writer.writer());
            InheritancePreview preview =
                    inheritances.preview(target, request.blueprint(), request.pinned(), request.overrideOrNone());
            return ResponseEntity.ok(PreviewBody.of(preview.spec(), preview.preview()));
        }
        StackRevision saved = inheritances.inherit(
                target,
                request.blueprint(),
                request.pinned(),
                request.overrideOrNone(),
                BlueprintController.expected(ifMatch),
                message,
                writer.writer());
        return ResponseEntity.ok().eTag(ETags.of(saved.number())).body(StackBody.of(saved));
    }

    @DeleteMapping("/inheritance")
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Let the stack stand alone",
            description =
                    "Saves a revision that is the same stack and inherits no more. With validateOnly the answer is"
                            + " what saving would do.",
            operationId = "deleteStackInheritance",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The saved revision, or the preview",
                        content = @Content(schema = @Schema(oneOf = {StackBody.class, PreviewBody.class})))
            })
    ResponseEntity<?> detach(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestParam(defaultValue = "") String message,
            @ParameterObject WriterParams writer) {
        Cluster target = clusters.get(cluster);
        if (validateOnly) {
            ownership.checkStack(target, writer.writer());
            StackSpec spec = inheritances.inherited(target).spec();
            return ResponseEntity.ok(PreviewBody.of(spec, stacks.preview(target, spec)));
        }
        StackRevision saved =
                inheritances.detach(target, BlueprintController.expected(ifMatch), message, writer.writer());
        return ResponseEntity.ok().eTag(ETags.of(saved.number())).body(StackBody.of(saved));
    }

    @GetMapping("/revisions/{number}/provenance")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "Say where each value of a revision comes from", operationId = "getStackProvenance")
    ProvenanceBody provenance(@PathVariable String tenant, @PathVariable String cluster, @PathVariable int number) {
        Cluster target = clusters.get(cluster);
        return ProvenanceBody.of(stacks.provenance(target, stacks.revision(target.id(), number)));
    }
}
