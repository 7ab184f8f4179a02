package io.lightvessel.stack;

import io.lightvessel.wire.AgentRole;

/** Makes the config that agents of a role run. Pure: same stack and facts, same bytes. */
public interface RoleRenderer {

    RenderedFile agentConfig(StackSpec spec, ClusterFacts facts, AgentRole role);
}
