package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.symbols.Frame;
import io.lightvessel.collector.ebpf.symbols.KernelNames;
import io.lightvessel.collector.ebpf.symbols.Mapping;
import io.lightvessel.collector.ebpf.symbols.ProcessFrames;
import io.lightvessel.collector.ebpf.symbols.ProcessIdentity;
import io.lightvessel.collector.ebpf.symbols.ProcessLabels;
import io.lightvessel.collector.ebpf.symbols.StackNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Processes whose functions are called by their addresses. */
final class FakeNames implements StackNames {
    private static final Mapping PROGRAM = new Mapping(0, 1 << 20, 0, "/bin/program", "abcd");

    private final Map<Integer, ProcessFrames> processes = new ConcurrentHashMap<>();

    @Override
    public ProcessFrames process(int tgid, long cgroupId) {
        return processes.computeIfAbsent(tgid, pid -> new ProcessFrames() {
            @Override
            public ProcessIdentity identity() {
                return new ProcessIdentity(pid, 1);
            }

            @Override
            public ProcessLabels labels() {
                return new ProcessLabels(Map.of("service_name", "service-" + pid, "pid", String.valueOf(pid)));
            }

            @Override
            public Frame resolve(long ip, boolean returnAddress) {
                return new Frame(PROGRAM, (returnAddress ? "caller_" : "leaf_") + ip, ip);
            }
        });
    }

    /** The next process of that number is another one. */
    void reuse(int tgid) {
        processes.remove(tgid);
    }

    @Override
    public KernelNames kernel() {
        return ip -> "kernel_" + Long.toHexString(ip);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
