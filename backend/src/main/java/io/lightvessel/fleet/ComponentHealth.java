package io.lightvessel.fleet;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The health of one part of an agent and of the parts it consists of, as the agent reports it. */
public record ComponentHealth(
        String name,
        boolean healthy,
        String status,
        String lastError,
        @Nullable Instant since,
        List<ComponentHealth> components) {

    public ComponentHealth {
        components = List.copyOf(components);
    }
}
