package io.lightvessel.agent;

import io.lightvessel.pipeline.ComponentFactories;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components this agent is built with. */
final class Components {
    private Components() {}

    /** @param storage where receivers keep positions, or null to keep them in memory only */
    static ComponentFactories all(@Nullable Path storage) {
        return ComponentFactories.of(List.of(), List.of());
    }
}
