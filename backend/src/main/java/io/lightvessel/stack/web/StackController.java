package io.lightvessel.stack.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.stack.Ownership;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackSaving;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/stack")
@Tag(name = "Stacks", description = "The telemetry stack a cluster should run")
class StackController {
    private final ClusterService clusters;
    private final StackService stacks;
    private final StackSaving saving;
    private final StackDocument documents;
    private final Ownership ownership;

    StackController(
            ClusterService clusters,
            StackService stacks,
            StackSaving saving,
            StackDocument documents,
            Ownership ownership) {
        this.clusters = clusters;
        this.stacks = stacks;
        this.saving = saving;
        this.documents = documents;
        this.ownership = ownership;
    }

    @GetMapping
    @Requires(Permission.STACK_READ)
    @Operation(
            summary = "Get the stack",
            description =
                    "The latest revision. A cluster without a saved stack answers with the defaults as revision 0."
                            + " desiredRevision is the one agents should run: an earlier one while the latest waits for approval"
                            + " or was rejected. managedBy is the tool that owns it, if one does.",
            operationId = "getStack")
    ResponseEntity<StackBody> get(@PathVariable String tenant, @PathVariable String cluster) {
        Cluster of = clusters.get(cluster);
        ClusterId id = of.id();
        int desired = stacks.released(id).map(StackRevision::number).orElse(0);
        StackBody body = stacks.current(id)
                .map(StackBody::of)
                .orElseGet(StackBody::defaults)
                .desired(desired, ownership.ofStack(of).orElse(null));
        return ResponseEntity.ok().eTag(ETags.of(body.revision())).body(body);
    }

    @PutMapping
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Save the stack as a new revision",
            description =
                    "The body is a stack as the schema at /api/v1/schemas/stack describes; what it leaves out takes"
                            + " the default. With validateOnly the answer is what saving would do. Of a stack that inherits, what"
                            + " differs from the blueprint becomes the cluster's own part. Who saves second gets 412, and"
                            + " what was sent is kept as a draft. Agents run it from then on; where the tenant asks for"
                            + " approval, from when somebody else approves.",
            operationId = "putStack",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The saved revision, or the preview",
                        content = @Content(schema = @Schema(oneOf = {StackBody.class, PreviewBody.class})))
            })
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StackSpec.class)))
    ResponseEntity<?> put(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestParam(defaultValue = "") String message,
            @ParameterObject WriterParams writer,
            @RequestBody String document) {
        Cluster target = clusters.get(cluster);
        if (validateOnly) {
            ownership.checkStack(target, writer.writer());
            StackSpec spec = documents.read(document);
            return ResponseEntity.ok(PreviewBody.of(spec, stacks.preview(target, spec)));
        }
        int expected = Math.toIntExact(Math.min(ETags.required(ifMatch), Integer.MAX_VALUE));
        StackRevision saved = saving.save(target, documents.read(document), expected, message, writer.writer());
        return ResponseEntity.ok().eTag(ETags.of(saved.number())).body(StackBody.of(saved));
    }

    @GetMapping("/revisions")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "List revisions, latest first", operationId = "listStackRevisions")
    PageBody<RevisionBody> revisions(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(
                stacks.revisions(clusters.get(cluster).id(), PageRequest.parse(pageSize, pageToken)), RevisionBody::of);
    }

    @GetMapping("/revisions/{number}")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "Get a revision", operationId = "getStackRevision")
    ResponseEntity<StackBody> revision(
            @PathVariable String tenant, @PathVariable String cluster, @PathVariable int number) {
        StackRevision revision = stacks.revision(clusters.get(cluster).id(), number);
        return ResponseEntity.ok().eTag(ETags.of(revision.number())).body(StackBody.of(revision));
    }
}
