package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.SampleSource;
import java.time.Duration;

/** The processor time that profiling took, of the agent's threads for it and within the kernel. */
record Cost(long agentNanos, long kernelNanos) {
    /** More than was ever measured, for kernels that do not tell or do not let the agent ask. */
    private static final long ASSUMED_NANOS_PER_SAMPLE = 20_000;

    static Cost of(long agentNanos, long samples, SampleSource source) {
        return new Cost(agentNanos, samples * source.nanosPerSample().orElse(ASSUMED_NANOS_PER_SAMPLE));
    }

    double share(Duration interval, int cpus) {
        double all = (double) interval.toNanos() * cpus;
        return all <= 0 ? 0 : (agentNanos + kernelNanos) / all;
    }
}
