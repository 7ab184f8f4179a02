package io.lightvessel.scaling.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.web.Api;
import io.lightvessel.scaling.ScalingService;
import io.lightvessel.scaling.ScalingView;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Api("/api/v1/tenants/{tenant}/clusters/{cluster}/scaling")
@Tag(name = "Scaling", description = "How many gateway replicas a cluster may have and has")
class ScalingController {
    private final ClusterService clusters;
    private final ScalingService scaling;

    ScalingController(ClusterService clusters, ScalingService scaling) {
        this.clusters = clusters;
        this.scaling = scaling;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScalingBody(
            int revision,
            HpaPolicy policy,
            int currentReplicas,
            @Nullable String manifest) {}

    @GetMapping
    @Requires(Permission.STACK_READ)
    @Operation(
            summary = "Get the scaling policy beside the connected replicas",
            description = "The policy is part of the stack and is changed there.",
            operationId = "getScaling")
    ScalingBody get(@PathVariable String tenant, @PathVariable String cluster) {
        ScalingView view = scaling.view(clusters.get(cluster));
        return new ScalingBody(view.revision(), view.policy(), view.currentReplicas(), view.manifest());
    }
}
