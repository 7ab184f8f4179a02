package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.Sample;
import io.lightvessel.collector.ebpf.kernel.SampleSink;
import io.lightvessel.collector.ebpf.symbols.ProcessFrames;
import io.lightvessel.collector.ebpf.symbols.StackNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was sampled between two moments, by process. Filled by one thread, then read by another. */
final class Interval implements SampleSink {
    private final StackNames names;
    private final int mostProcesses;
    private final StackTable stacks;
    private final List<ProcessFrames> processes = new ArrayList<>();
    private final Map<ProcessFrames, Integer> numbers = new HashMap<>();
    private Instant start = Instant.EPOCH;
    private int hertz;
    private long samples;
    private long truncated;
    private long beyondStacks;
    private long beyondProcesses;

    Interval(StackNames names, int mostStacks, int mostProcesses) {
        this.names = names;
        this.mostProcesses = mostProcesses;
        this.stacks = new StackTable(mostStacks);
    }

    /** Forgets what it held and begins at a moment. */
    void begin(Instant now, int rate) {
        stacks.clear();
        processes.clear();
        numbers.clear();
        start = now;
        hertz = rate;
        samples = 0;
        truncated = 0;
        beyondStacks = 0;
        beyondProcesses = 0;
    }

    @Override
    public void accept(Sample sample) {
        samples++;
        if (sample.truncated()) {
            truncated++;
        }
        // Asked for each sample: the number may be another process's by now, and this one may be gone soon.
        ProcessFrames process = names.process(sample.tgid(), sample.cgroupId());
        Integer number = numbers.get(process);
        if (number == null) {
            if (processes.size() == mostProcesses) {
                beyondProcesses++;
                return;
            }
            number = processes.size();
            numbers.put(process, number);
            processes.add(process);
        }
        if (!stacks.add(number, sample)) {
            beyondStacks++;
        }
    }

    Instant start() {
        return start;
    }

    int hertz() {
        return hertz;
    }

    StackTable stacks() {
        return stacks;
    }

    List<ProcessFrames> processes() {
        return processes;
    }

    long samples() {
        return samples;
    }

    /** Samples whose stack was as deep as the kernel tells, and may have been deeper. */
    long truncated() {
        return truncated;
    }

    /** Samples that were not kept because there were too many different stacks. */
    long beyondStacks() {
        return beyondStacks;
    }

    /** Samples that were not kept because there were too many processes. */
    long beyondProcesses() {
        return beyondProcesses;
    }
}
