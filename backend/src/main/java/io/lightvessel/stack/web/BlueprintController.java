package io.lightvessel.stack.web;

import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.stack.Blueprint;
import io.lightvessel.stack.BlueprintChange;
import io.lightvessel.stack.BlueprintContent;
import io.lightvessel.stack.BlueprintRevision;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.Ownership;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
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

@Api("/api/v1/tenants/{tenant}/blueprints")
@Tag(name = "Blueprints", description = "Stacks that clusters inherit from")
class BlueprintController {
    private final BlueprintService blueprints;
    private final Ownership ownership;

    BlueprintController(BlueprintService blueprints, Ownership ownership) {
        this.blueprints = blueprints;
        this.ownership = ownership;
    }

    @GetMapping
    @Requires(Permission.STACK_READ)
    @Operation(summary = "List blueprints", operationId = "listBlueprints")
    PageBody<BlueprintBody.Item> list(
            @PathVariable String tenant,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(blueprints.list(PageRequest.parse(pageSize, pageToken)), BlueprintBody.Item::of);
    }

    @PostMapping
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Create a blueprint",
            description = "The spec is a part of a stack: what it leaves out is the default, or what an override or a"
                    + " cluster says. With validateOnly nothing is stored and the answer is empty.",
            operationId = "createBlueprint")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    ResponseEntity<BlueprintBody> create(
            @PathVariable String tenant,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestParam(defaultValue = "") String message,
            @ParameterObject WriterParams writer,
            @RequestBody NewBlueprintBody request) {
        if (validateOnly) {
            blueprints.checkNew(request.slugOrNone(), request.nameOrSlug(), request.content());
            return ResponseEntity.noContent().build();
        }
        BlueprintRevision created = blueprints.create(
                request.slugOrNone(), request.nameOrSlug(), request.content(), message, writer.writer());
        return ResponseEntity.created(
                        URI.create("/api/v1/tenants/%s/blueprints/%s".formatted(tenant, created.blueprint())))
                .eTag(ETags.of(created.number()))
                .body(BlueprintBody.of(blueprints.get(created.blueprint()), created));
    }

    @GetMapping("/{blueprint}")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "Get a blueprint with its latest revision", operationId = "getBlueprint")
    ResponseEntity<BlueprintBody> get(@PathVariable String tenant, @PathVariable String blueprint) {
        Blueprint found = blueprints.get(blueprint);
        BlueprintRevision latest = blueprints.revision(blueprint, found.revision());
        return ResponseEntity.ok().eTag(ETags.of(latest.number())).body(BlueprintBody.of(found, latest));
    }

    @PutMapping("/{blueprint}")
    @Requires(Permission.STACK_WRITE)
    @Operation(
            summary = "Save a blueprint as a new revision",
            description = "Each cluster that follows gets a revision of its own with it; a change that would break one"
                    + " is refused. With validateOnly nothing is stored.",
            operationId = "putBlueprint")
    ResponseEntity<BlueprintBody.Change> put(
            @PathVariable String tenant,
            @PathVariable String blueprint,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestParam(defaultValue = "") String message,
            @ParameterObject WriterParams writer,
            @RequestBody BlueprintContent content) {
        Blueprint found = blueprints.get(blueprint);
        if (validateOnly) {
            ownership.checkBlueprint(blueprint, writer.writer());
            return ResponseEntity.ok(body(found, blueprints.preview(blueprint, content)));
        }
        BlueprintChange saved = blueprints.save(blueprint, content, expected(ifMatch), message, writer.writer());
        return ResponseEntity.ok()
                .eTag(ETags.of(saved.revision().number()))
                .body(body(blueprints.get(blueprint), saved));
    }

    @DeleteMapping("/{blueprint}")
    @Requires(Permission.STACK_WRITE)
    @ApiResponse(responseCode = "204", description = "Deleted")
    @Operation(summary = "Delete a blueprint that no stack was made of", operationId = "deleteBlueprint")
    ResponseEntity<Void> delete(
            @PathVariable String tenant,
            @PathVariable String blueprint,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @ParameterObject WriterParams writer) {
        blueprints.get(blueprint);
        blueprints.delete(blueprint, expected(ifMatch), writer.writer());
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/{blueprint}/revisions")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "List a blueprint's revisions, latest first", operationId = "listBlueprintRevisions")
    PageBody<RevisionBody> revisions(
            @PathVariable String tenant,
            @PathVariable String blueprint,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(
                blueprints.revisions(blueprint, PageRequest.parse(pageSize, pageToken)),
                revision -> new RevisionBody(
                        revision.number(), revision.author(), revision.message(), revision.createdAt(), null));
    }

    @GetMapping("/{blueprint}/revisions/{number}")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "Get a revision of a blueprint", operationId = "getBlueprintRevision")
    ResponseEntity<BlueprintBody> revision(
            @PathVariable String tenant, @PathVariable String blueprint, @PathVariable int number) {
        BlueprintRevision revision = blueprints.revision(blueprint, number);
        return ResponseEntity.ok().eTag(ETags.of(number)).body(BlueprintBody.of(null, revision));
    }

    @GetMapping("/{blueprint}/clusters")
    @Requires(Permission.STACK_READ)
    @Operation(summary = "List the clusters that inherit from a blueprint", operationId = "listBlueprintClusters")
    PageBody<BlueprintBody.Heir> clusters(
            @PathVariable String tenant,
            @PathVariable String blueprint,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(
                blueprints.clusters(blueprint, PageRequest.parse(pageSize, pageToken)),
                heir -> new BlueprintBody.Heir(heir.slug(), heir.name(), heir.follows()));
    }

    private static BlueprintBody.Change body(Blueprint blueprint, BlueprintChange change) {
        return new BlueprintBody.Change(BlueprintBody.of(blueprint, change.revision()), change.clusters());
    }

    static int expected(@Nullable String ifMatch) {
        return Math.toIntExact(Math.min(ETags.required(ifMatch), Integer.MAX_VALUE));
    }
}
