package io.lightvessel.stack;

import io.lightvessel.wire.AgentRole;
import java.util.List;

/** Makes the config that agents of a role run. Pure: same stack and facts, same bytes. */
public interface RoleRenderer {

    RenderedFile agentConfig(StackSpec spec, ClusterFacts facts, AgentRole role);

    /** What the stack says and the agents' own configs leave out, as warnings; other targets may carry it. */
    List<StackFinding> leftOut(StackSpec spec);

    /** Known ways to lose telemetry, money or secrets that the stack goes, as warnings. */
    List<StackFinding> traps(StackSpec spec);
}
