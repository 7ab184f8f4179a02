package io.lightvessel.pipeline;

import io.netty.util.internal.PlatformDependent;
import java.time.Duration;

/**
 * What the process decides for the engine, not the config.
 *
 * @param budgetBytes the byte budget when no memory_limiter sets a lower one
 * @param grace how long components that are no longer needed may take to finish after a reload, and queues to drain
 *     at shutdown
 * @param serviceVersion the agent's version, for User-Agent headers and the label of its own metrics
 * @param instanceId the agent's id, for the label of its own metrics
 */
public record EngineOptions(long budgetBytes, Duration grace, String serviceVersion, String instanceId) {

    /** A quarter of the memory that buffers may use outside the heap, ten seconds' grace. */
    public static EngineOptions defaults(String serviceVersion, String instanceId) {
        return new EngineOptions(
                Math.max(16L << 20, PlatformDependent.maxDirectMemory() / 4),
                Duration.ofSeconds(10),
                serviceVersion,
                instanceId);
    }
}
