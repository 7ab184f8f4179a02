package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.TenantId;

/** An agent was deleted from the fleet, its credential with it; published inside the transaction that deletes it. */
public record AgentForgotten(TenantId tenant, ClusterId cluster, AgentId agent) {}
