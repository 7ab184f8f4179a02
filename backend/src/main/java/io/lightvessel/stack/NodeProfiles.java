package io.lightvessel.stack;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Profiling of every process of a node by eBPF. */
public record NodeProfiles(
        @Doc("Whether processes are profiled.") boolean enabled,

        @Doc("Samples per second and CPU.")
        @Min(value = 1, message = "expected: 1..999")
        @Max(value = 999, message = "expected: 1..999")
        int sampleRate,

        @Doc("Percent of a node's CPU that profiling may use; it samples less rather than more.")
        @Min(value = 0, message = Expected.PERCENT_EXPECTED)
        @Max(value = 100, message = Expected.PERCENT_EXPECTED)
        double cpuBudgetPercent,

        @Doc("MiB of memory that profiling may use.")
        @Min(value = 32, message = "expected: 32..4096")
        @Max(value = 4096, message = "expected: 32..4096")
        int memoryBudgetMib) {

    static NodeProfiles defaults() {
        return new NodeProfiles(false, 97, 1, 250);
    }
}
