package io.lightvessel.scaling;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.render.StackRenderer;
import io.lightvessel.stack.AgentCensus;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.wire.AgentRole;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The gateway's scaling policy as agents should have it, beside what runs. */
@Service
public class ScalingService {
    private final StackService stacks;
    private final StackRenderer renderer;
    private final AgentCensus census;

    ScalingService(StackService stacks, StackRenderer renderer, AgentCensus census) {
        this.stacks = stacks;
        this.renderer = renderer;
        this.census = census;
    }

    @Requires(Permission.STACK_READ)
    public ScalingView view(Cluster cluster) {
        Optional<StackRevision> current = stacks.released(cluster.id());
        StackSpec spec = current.map(StackRevision::spec).orElseGet(StackSpec::defaults);
        HpaPolicy policy = spec.gateway().scaling();
        return new ScalingView(
                current.map(StackRevision::number).orElse(0),
                policy,
                census.connected(cluster.id(), AgentRole.GATEWAY),
                policy.enabled()
                        ? renderer.autoscaler(spec, ClusterFacts.of(cluster)).text()
                        : null);
    }
}
