package io.lightvessel.fleet.web;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentFilter;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.fleet.FleetError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Api("/api/v1/tenants/{tenant}/agents")
@Tag(name = "Agents", description = "What runs in the clusters, whether it works and runs what it should")
class AgentController {
    private final AgentService agents;
    private final ClusterService clusters;

    AgentController(AgentService agents, ClusterService clusters) {
        this.agents = agents;
        this.clusters = clusters;
    }

    @GetMapping
    @Requires(Permission.AGENT_READ)
    @Operation(summary = "List agents by name", operationId = "listAgents")
    PageBody<AgentBody> list(
            @PathVariable String tenant,
            @Parameter(description = "Slug of a cluster") @RequestParam(required = false) @Nullable String cluster,
            @Parameter(description = "healthy, degraded, down, waiting or unknown")
                    @RequestParam(required = false)
                    @Nullable
                    String status,
            @Parameter(
                            description =
                                    "Terms that must all hold: status:, config:, cluster:, role:, name:, version: or a word; - negates, * stands for anything")
                    @RequestParam(required = false)
                    @Nullable
                    String filter,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        AgentFilter wanted = filter == null ? AgentFilter.ALL : AgentFilter.parse(filter);
        if (cluster != null) {
            wanted = wanted.and("cluster", clusters.get(cluster).slug());
        }
        if (status != null) {
            wanted = wanted.and("status", status);
        }
        Map<ClusterId, String> slugs = new HashMap<>();
        return PageBody.of(
                agents.list(wanted, PageRequest.parse(pageSize, pageToken)),
                agent -> AgentBody.inList(agent, slugs.computeIfAbsent(agent.cluster(), this::slug)));
    }

    @GetMapping("/{agent}")
    @Requires(Permission.AGENT_READ)
    @Operation(summary = "Get an agent with its health tree and effective config", operationId = "getAgent")
    AgentBody get(@PathVariable String tenant, @PathVariable String agent) {
        Agent found = agents.get(id(agent));
        return AgentBody.alone(found, slug(found.cluster()));
    }

    @DeleteMapping("/{agent}")
    @Requires(Permission.AGENT_DELETE)
    @Operation(
            summary = "Delete an agent",
            description = "Its credential is void from then on and its connection is closed.",
            operationId = "deleteAgent")
    ResponseEntity<Void> delete(@PathVariable String tenant, @PathVariable String agent) {
        agents.forget(id(agent));
        return ResponseEntity.noContent().build();
    }

    private String slug(ClusterId cluster) {
        return clusters.find(cluster).map(Cluster::slug).orElse("");
    }

    private static AgentId id(String text) {
        try {
            return new AgentId(text);
        } catch (IllegalArgumentException e) {
            throw new LightvesselException(
                    FleetError.AGENT_NOT_FOUND, "There is no agent " + text + " in this tenant.");
        }
    }
}
