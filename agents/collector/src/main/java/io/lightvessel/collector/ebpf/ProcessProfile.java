package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.kernel.Sample;
import io.lightvessel.collector.ebpf.recent.ProfileInterval;
import io.lightvessel.collector.ebpf.symbols.Frame;
import io.lightvessel.collector.ebpf.symbols.KernelNames;
import io.lightvessel.collector.ebpf.symbols.Mapping;
import io.lightvessel.collector.ebpf.symbols.ProcessFrames;
import io.lightvessel.pipeline.pprof.ProfileWriter;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Makes a process's stacks a profile: finds the names of its frames, each address once. One thread at a time. */
final class ProcessProfile {
    private final KernelNames kernel;
    private final ProfileWriter writer = new ProfileWriter();
    /** Locations by address; return addresses are looked up one byte before, so the same one may be two. */
    private final Map<Long, Integer> leaves = new HashMap<>();

    private final Map<Long, Integer> callers = new HashMap<>();
    private final Map<Long, Integer> kernelPlaces = new HashMap<>();
    private final int[] stack = new int[2 * Sample.MAX_FRAMES + 1];
    /** Of locations, by their id. */
    private final List<String> functions = new ArrayList<>();

    ProcessProfile(KernelNames kernel) {
        this.kernel = kernel;
    }

    /**
     * @param numbers of the process's stacks in the interval
     * @param recent takes the same, for those who look at the agent
     */
    void write(
            Interval interval,
            ProcessFrames process,
            List<Integer> numbers,
            Duration duration,
            ProfileInterval recent,
            ProtoWriter out) {
        long period = TimeUnit.SECONDS.toNanos(1) / interval.hertz();
        leaves.clear();
        callers.clear();
        kernelPlaces.clear();
        functions.clear();
        functions.add("");
        writer.begin(
                new ProfileWriter.Type("cpu", "nanoseconds", period),
                TimeUnit.SECONDS.toNanos(interval.start().getEpochSecond())
                        + interval.start().getNano(),
                duration.toNanos());
        StackTable stacks = interval.stacks();
        for (int number : numbers) {
            int depth = 0;
            for (int i = 0; i < stacks.kernelFrames(number); i++) {
                stack[depth++] = kernelPlaces.computeIfAbsent(stacks.kernelIp(number, i), this::kernelPlace);
            }
            for (int i = 0; i < stacks.userFrames(number); i++) {
                // The innermost frame is where the process was, the others are where calls return to.
                boolean returns = i > 0;
                stack[depth++] = (returns ? callers : leaves)
                        .computeIfAbsent(stacks.userIp(number, i), ip -> place(process, ip, returns));
            }
            if (depth == 0) {
                stack[depth++] = location(0, 0, "[unknown]");
            }
            writer.sample(stack, depth, stacks.count(number) * period);
            recent.add(process.identity(), process.labels(), named(depth), stacks.count(number));
        }
        writer.writeTo(out);
    }

    private int kernelPlace(long ip) {
        return location(0, ip, kernel.function(ip));
    }

    private int place(ProcessFrames process, long ip, boolean returns) {
        Frame frame = process.resolve(ip, returns);
        Mapping mapping = frame.mapping();
        int id = mapping == null
                ? 0
                : writer.mapping(mapping.start(), mapping.end(), mapping.offset(), mapping.file(), mapping.buildId());
        return location(id, frame.address(), frame.function());
    }

    private int location(int mapping, long address, String function) {
        int id = writer.location(mapping, address, function);
        if (id == functions.size()) {
            functions.add(function);
        }
        return id;
    }

    private List<String> named(int depth) {
        List<String> names = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            names.add(functions.get(stack[i]));
        }
        return names;
    }
}
