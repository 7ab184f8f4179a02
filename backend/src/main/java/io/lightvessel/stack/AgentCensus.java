package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.wire.AgentRole;

/** Counts a cluster's agents, for the tenant in scope; the fleet answers. */
public interface AgentCensus {

    /** Agents that would get a new config, now or when they come back. */
    int enrolled(ClusterId cluster, AgentRole role);

    /** Agents that are connected now. */
    int connected(ClusterId cluster, AgentRole role);
}
