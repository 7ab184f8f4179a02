package io.lightvessel.stack.web;

import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.web.Api;
import io.lightvessel.stack.BlueprintService;
import io.lightvessel.stack.Ownership;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

@Api("/api/v1/tenants/{tenant}")
class OwnershipController {
    private final ClusterService clusters;
    private final BlueprintService blueprints;
    private final Ownership ownership;

    OwnershipController(ClusterService clusters, BlueprintService blueprints, Ownership ownership) {
        this.clusters = clusters;
        this.blueprints = blueprints;
        this.ownership = ownership;
    }

    @PostMapping("/clusters/{cluster}/stack:release")
    @Tag(name = "Stacks")
    @Requires(Permission.STACK_WRITE)
    @ApiResponse(responseCode = "204", description = "No tool owns it")
    @Operation(
            summary = "Take a stack over from the tool that owns it",
            description =
                    "For people to change from then on; the tool is refused unless it takes the stack over again.",
            operationId = "releaseStack")
    ResponseEntity<Void> stack(@PathVariable String tenant, @PathVariable String cluster) {
        ownership.releaseStack(clusters.get(cluster));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/blueprints/{blueprint}:release")
    @Tag(name = "Blueprints")
    @Requires(Permission.STACK_WRITE)
    @ApiResponse(responseCode = "204", description = "No tool owns it")
    @Operation(
            summary = "Take a blueprint over from the tool that owns it",
            description =
                    "For people to change from then on; the tool is refused unless it takes the blueprint over again.",
            operationId = "releaseBlueprint")
    ResponseEntity<Void> blueprint(@PathVariable String tenant, @PathVariable String blueprint) {
        blueprints.get(blueprint);
        ownership.releaseBlueprint(blueprint);
        return ResponseEntity.noContent().build();
    }
}
