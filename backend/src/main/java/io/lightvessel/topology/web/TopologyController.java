package io.lightvessel.topology.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.HealthStatus;
import io.lightvessel.fleet.TelemetrySignal;
import io.lightvessel.platform.web.Api;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.topology.Topology;
import io.lightvessel.topology.TopologyService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/topology")
@Tag(name = "Topology", description = "What flows where")
class TopologyController {
    private final ClusterService clusters;
    private final TopologyService topologies;

    TopologyController(ClusterService clusters, TopologyService topologies) {
        this.clusters = clusters;
        this.topologies = topologies;
    }

    record TopologyBody(List<NodeBody> nodes, List<EdgeBody> edges, int hidden, Instant asOf) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NodeBody(
            String id,
            Topology.NodeKind kind,
            String label,
            String detail,
            int tier,
            double x,
            double y,
            @Nullable HealthStatus health,
            String reason,
            int count,
            @Nullable String agent) {}

    record EdgeBody(
            String id,
            String from,
            String to,
            List<String> signals,
            double recordsPerSecond,
            double bytesPerSecond,
            double dropsPerSecond) {}

    @GetMapping
    @Requires(Permission.AGENT_READ)
    @Operation(
            summary = "Get the graph of a cluster's telemetry with its rates this moment",
            description = "At most 150 nodes; the rest is drawn as (other).",
            operationId = "getTopology")
    TopologyBody get(@PathVariable String tenant, @PathVariable String cluster) {
        Topology topology = topologies.graph(clusters.get(cluster).id());
        return new TopologyBody(
                topology.nodes().stream()
                        .map(node -> new NodeBody(
                                node.id(),
                                node.kind(),
                                node.label(),
                                node.detail(),
                                node.tier(),
                                node.x(),
                                node.y(),
                                node.health(),
                                node.reason(),
                                node.count(),
                                node.ref()))
                        .toList(),
                topology.edges().stream()
                        .map(edge -> new EdgeBody(
                                edge.id(),
                                edge.from(),
                                edge.to(),
                                edge.signals().stream()
                                        .map(TelemetrySignal::wireName)
                                        .sorted()
                                        .toList(),
                                edge.recordsPerSecond(),
                                edge.bytesPerSecond(),
                                edge.dropsPerSecond()))
                        .toList(),
                topology.hidden(),
                topology.asOf());
    }
}
