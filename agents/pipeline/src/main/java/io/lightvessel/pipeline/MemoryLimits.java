package io.lightvessel.pipeline;

import io.lightvessel.config.Settings;
import java.lang.management.ManagementFactory;

/**
 * The limits a memory_limiter's settings amount to, in bytes of telemetry inside the agent.
 *
 * @param limit what the byte budget must not exceed
 * @param soft where the processor begins to refuse
 */
public record MemoryLimits(long limit, long soft) {

    /** The type of the processor whose limits also bound the byte budget. */
    public static final String COMPONENT_TYPE = "memory_limiter";

    private static final long MIB = 1L << 20;

    /** Reads a memory_limiter's settings; the Collector's rule of a fifth stands in for a spike limit not given. */
    public static MemoryLimits of(Settings settings) {
        if (settings.integer("limit_mib") > 0) {
            long limit = settings.integer("limit_mib") * MIB;
            long spike = settings.integer("spike_limit_mib") * MIB;
            return new MemoryLimits(limit, limit - (spike > 0 ? spike : limit / 5));
        }
        long memory = totalMemory();
        long limit = Math.max(MIB, memory / 100 * settings.integer("limit_percentage"));
        long spike = memory / 100 * settings.integer("spike_limit_percentage");
        return new MemoryLimits(limit, limit - (spike > 0 ? spike : limit / 5));
    }

    /** What the machine, or the container if there is one, allows. */
    private static long totalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }
}
