package io.lightvessel.pipeline;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The health of the agent, a pipeline or a component, and of what is inside it.
 *
 * @param lastError what is wrong now; null while healthy, unless it could work better
 * @param since when it came to be so
 * @param children by key: {@code pipeline:traces}, and inside {@code receiver:otlp}, {@code exporter:otlphttp/loki}
 */
public record ComponentHealth(
        ComponentStatus status,
        @Nullable String lastError,
        Instant since,
        SortedMap<String, ComponentHealth> children) {

    public ComponentHealth {
        children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
    }

    public static ComponentHealth leaf(ComponentStatus status, @Nullable String lastError, Instant since) {
        return new ComponentHealth(status, lastError, since, new TreeMap<>(Map.of()));
    }

    public boolean healthy() {
        return status.isHealthy();
    }
}
