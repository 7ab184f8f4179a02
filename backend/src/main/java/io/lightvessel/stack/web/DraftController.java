package io.lightvessel.stack.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.stack.Draft;
import io.lightvessel.stack.DraftService;
import io.lightvessel.stack.Ownership;
import io.lightvessel.stack.StackDocument;
import io.lightvessel.stack.StackMerge;
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
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/stack/drafts")
@Tag(name = "Stacks")
class DraftController {
    private final ClusterService clusters;
    private final DraftService drafts;
    private final StackService stacks;
    private final StackDocument documents;
    private final Ownership ownership;

    DraftController(
            ClusterService clusters,
            DraftService drafts,
            StackService stacks,
            StackDocument documents,
            Ownership ownership) {
        this.clusters = clusters;
        this.drafts = drafts;
        this.stacks = stacks;
        this.documents = documents;
        this.ownership = ownership;
    }

    @GetMapping
    @Requires(Permission.STACK_READ)
    @Operation(summary = "List drafts of the stack", operationId = "listStackDrafts")
    PageBody<DraftBody> list(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(drafts.list(clusters.get(cluster), PageRequest.parse(pageSize, pageToken)), DraftBody::item);
    }

    @PostMapping
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Keep a stack as a draft",
            description = "The same document by the same author is kept once, so that a repeated request does no harm.",
            operationId = "createStackDraft")
    @ApiResponse(responseCode = "201", description = "Kept", useReturnTypeSchema = true)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StackSpec.class)))
    ResponseEntity<DraftBody> create(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestParam int base,
            @RequestParam(defaultValue = "") String message,
            @RequestBody String document) {
        Draft draft = drafts.create(clusters.get(cluster), documents.read(document), base, message);
        return ResponseEntity.created(URI.create(
                        "/api/v1/tenants/%s/clusters/%s/stack/drafts/%s".formatted(tenant, cluster, draft.id())))
                .eTag(ETags.of(draft.version()))
                .body(DraftBody.of(draft));
    }

    @GetMapping("/{draft}")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "Get a draft", operationId = "getStackDraft")
    ResponseEntity<DraftBody> get(@PathVariable String tenant, @PathVariable String cluster, @PathVariable UUID draft) {
        Draft found = drafts.get(clusters.get(cluster), draft);
        return ResponseEntity.ok().eTag(ETags.of(found.version())).body(DraftBody.of(found));
    }

    @PutMapping("/{draft}")
    @Requires(Permission.STACK_WRITE)
    @Operation(summary = "Edit a draft", operationId = "putStackDraft")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = StackSpec.class)))
    ResponseEntity<DraftBody> put(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @PathVariable UUID draft,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam int base,
            @RequestParam(defaultValue = "") String message,
            @RequestBody String document) {
        Cluster of = clusters.get(cluster);
        drafts.get(of, draft);
        Draft changed = drafts.update(of, draft, documents.read(document), base, message, ETags.required(ifMatch));
        return ResponseEntity.ok().eTag(ETags.of(changed.version())).body(DraftBody.of(changed));
    }

    @DeleteMapping("/{draft}")
    @Requires(Permission.STACK_WRITE)
    @ApiResponse(responseCode = "204", description = "Deleted")
    @Operation(summary = "Delete a draft", operationId = "deleteStackDraft")
    ResponseEntity<Void> delete(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @PathVariable UUID draft,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        Cluster of = clusters.get(cluster);
        drafts.get(of, draft);
        drafts.delete(of, draft, ETags.required(ifMatch));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{draft}/merge")
    @Requires(Permission.STACK_READ)
    @Operation(
            summary = "Bring a draft up to date with what was saved since",
            description = "Says who changed which value, and what the draft's changes make of the latest revision."
                    + " Nothing is stored.",
            operationId = "mergeStackDraft")
    StackMerge merge(@PathVariable String tenant, @PathVariable String cluster, @PathVariable UUID draft) {
        return drafts.merge(clusters.get(cluster), draft);
    }

    @PostMapping("/{draft}:publish")
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Save a draft as the next revision",
            description =
                    "Ends the draft. One whose base is no longer the latest revision is refused with 412 and stays. With"
                            + " validateOnly the answer is what saving would do.",
            operationId = "publishStackDraft",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The saved revision, or the preview",
                        content = @Content(schema = @Schema(oneOf = {StackBody.class, PreviewBody.class})))
            })
    ResponseEntity<?> publish(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @PathVariable UUID draft,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @ParameterObject WriterParams writer) {
        Cluster of = clusters.get(cluster);
        StackSpec spec = drafts.get(of, draft).spec();
        if (validateOnly) {
            ownership.checkStack(of, writer.writer());
            return ResponseEntity.ok(PreviewBody.of(spec, stacks.preview(of, spec)));
        }
        StackRevision saved = drafts.publish(of, draft, ETags.required(ifMatch), writer.writer());
        return ResponseEntity.ok().eTag(ETags.of(saved.number())).body(StackBody.of(saved));
    }
}
