package io.lightvessel.render.pipeline;

import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.wire.AgentRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a role of a stack does, whichever program does it.
 *
 * @param sharing how replicas share what they fetch; null when there is nothing to share
 * @param replicas how many there are and by what they grow; null for roles that are not scaled
 */
public record RolePlan(
        AgentRole role,
        ClusterFacts facts,
        List<Pipeline> pipelines,
        @Nullable Sharing sharing,
        @Nullable Replicas replicas) {

    public RolePlan {
        pipelines = List.copyOf(pipelines);
    }

    /** All sources of such a kind. */
    public <S extends Source> List<S> sources(Class<S> kind) {
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.sources().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .distinct()
                .toList();
    }

    public boolean isIdle() {
        return pipelines.isEmpty();
    }
}
