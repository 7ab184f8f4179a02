package io.lightvessel.cluster.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.ETags;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/clusters")
@Tag(name = "Clusters", description = "What a tenant connects")
class ClusterController {
    private final ClusterService clusters;

    ClusterController(ClusterService clusters) {
        this.clusters = clusters;
    }

    @GetMapping
    @Requires(Permission.CLUSTER_READ)
    @Operation(summary = "List clusters by slug", operationId = "listClusters")
    PageBody<ClusterBody> list(
            @PathVariable String tenant,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(clusters.list(PageRequest.parse(pageSize, pageToken)), ClusterBody::of);
    }

    @PostMapping
    @Requires(Permission.CLUSTER_CREATE)
    @Operation(
            summary = "Create a cluster",
            description = "With validateOnly the answer is 200 and the cluster that would be created.",
            operationId = "createCluster")
    @ApiResponse(responseCode = "201", description = "Created", useReturnTypeSchema = true)
    ResponseEntity<ClusterBody> create(
            @PathVariable String tenant,
            @RequestParam(defaultValue = "false") boolean validateOnly,
            @RequestBody NewCluster request) {
        if (validateOnly) {
            return ResponseEntity.ok(ClusterBody.of(clusters.check(request)));
        }
        Cluster created = clusters.create(request);
        return ResponseEntity.created(URI.create("/api/v1/tenants/%s/clusters/%s".formatted(tenant, created.slug())))
                .eTag(ETags.of(created.version()))
                .body(ClusterBody.of(created));
    }

    @GetMapping("/{cluster}")
    @Requires(Permission.CLUSTER_READ)
    @Operation(summary = "Get a cluster", operationId = "getCluster")
    ResponseEntity<ClusterBody> get(@PathVariable String tenant, @PathVariable String cluster) {
        Cluster found = clusters.get(cluster);
        return ResponseEntity.ok().eTag(ETags.of(found.version())).body(ClusterBody.of(found));
    }

    @DeleteMapping("/{cluster}")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @Requires(Permission.CLUSTER_DELETE)
    @Operation(summary = "Delete a cluster with its stack", operationId = "deleteCluster")
    ResponseEntity<Void> delete(
            @PathVariable String tenant,
            @PathVariable String cluster,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        // A cluster that is not there is 404, whatever the header says.
        clusters.get(cluster);
        clusters.delete(cluster, ETags.required(ifMatch));
        return ResponseEntity.noContent().build();
    }
}
