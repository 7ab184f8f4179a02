package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.SampleSource;
import io.lightvessel.collector.ebpf.symbols.StackNames;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.DropReason;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a profiler tells of itself: what it took, what it lost, and what it cost. */
final class EbpfMetrics {
    private static final String DROPPED = "lightvessel_ebpf_samples_dropped";
    private static final String DROPPED_HELP = "Samples that are in no profile, by reason";
    private static final String CPU = "lightvessel_ebpf_cpu_microseconds";
    private static final String CPU_HELP = "Processor time that profiling took";

    private final ComponentMetrics.Counter samples;
    private final ComponentMetrics.Counter truncated;
    private final ComponentMetrics.Counter lost;
    private final ComponentMetrics.Counter beyondStacks;
    private final ComponentMetrics.Counter beyondProcesses;
    private final ComponentMetrics.Counter profiles;
    private final ComponentMetrics.Counter agentCpu;
    private final ComponentMetrics.Counter kernelCpu;
    private long lostBefore;

    EbpfMetrics(ComponentMetrics metrics, RateBudget budget) {
        samples = metrics.counter("lightvessel_ebpf_samples", "Samples taken", Map.of());
        truncated = metrics.counter(
                "lightvessel_ebpf_stacks_truncated", "Samples whose stack may be deeper than it was taken", Map.of());
        lost = metrics.counter(DROPPED, DROPPED_HELP, Map.of("reason", "ring_full"));
        beyondStacks = metrics.counter(DROPPED, DROPPED_HELP, Map.of("reason", "max_stacks"));
        beyondProcesses = metrics.counter(DROPPED, DROPPED_HELP, Map.of("reason", "max_processes"));
        profiles = metrics.counter(
                "lightvessel_ebpf_profiles_dropped",
                "Profiles that there was no memory for",
                Map.of("reason", DropReason.MEMORY_LIMIT.label()));
        agentCpu = metrics.counter(CPU, CPU_HELP, Map.of("part", "agent"));
        kernelCpu = metrics.counter(CPU, CPU_HELP, Map.of("part", "kernel"));
        metrics.gauge(
                "lightvessel_ebpf_sample_rate", "Samples a second of each CPU that is busy", Map.of(), budget::rate);
        metrics.gauge(
                "lightvessel_ebpf_cpu_share",
                "Share of the node's processor time that the last interval took",
                Map.of(),
                budget::lastShare);
    }

    /** Of a source that has been opened and its names. */
    void watch(ComponentMetrics metrics, SampleSource source, StackNames names) {
        metrics.gauge(
                "lightvessel_ebpf_kernel_memory_bytes",
                "The kernel's memory that sampling keeps busy",
                Map.of("source", source.name()),
                source::memory);
        metrics.gauge(
                "lightvessel_ebpf_processes",
                "Processes that are remembered",
                Map.of(),
                () -> names.usage().processes());
    }

    void took(Interval interval, long lostSoFar) {
        samples.add(interval.samples());
        truncated.add(interval.truncated());
        beyondStacks.add(interval.beyondStacks());
        beyondProcesses.add(interval.beyondProcesses());
        lost.add(lostSoFar - lostBefore);
        lostBefore = lostSoFar;
    }

    void cost(Cost cost) {
        agentCpu.add(TimeUnit.NANOSECONDS.toMicros(cost.agentNanos()));
        kernelCpu.add(TimeUnit.NANOSECONDS.toMicros(cost.kernelNanos()));
    }

    void profilesDropped(int count) {
        profiles.add(count);
    }
}
