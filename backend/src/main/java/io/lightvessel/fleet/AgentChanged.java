package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.TenantId;
import java.util.Set;

/** Something about these agents changed, rates included. Published at most once a second for a cluster. */
public record AgentChanged(TenantId tenant, ClusterId cluster, Set<AgentId> agents) {

    public AgentChanged {
        agents = Set.copyOf(agents);
    }
}
