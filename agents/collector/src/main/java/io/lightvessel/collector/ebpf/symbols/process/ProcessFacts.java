package io.lightvessel.collector.ebpf.symbols.process;

import io.lightvessel.collector.ebpf.symbols.PodContainer;
import io.lightvessel.collector.ebpf.symbols.ProcessLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a process from when it was first seen. */
record ProcessFacts(int pid, String comm, String program, OwnAttributes own, Cgroup cgroup, boolean kernelThread) {
    private static final int LONGEST_COMMAND_LINE = 8 * 1024;
    private static final int LONGEST_VALUE = 200;
    private static final String UNSPECIFIED = "unspecified";

    static ProcessFacts read(ProcFs proc, int pid, ProcStat stat) {
        if (stat.kernelThread() || stat.startTime() == 0) {
            return new ProcessFacts(pid, stat.comm(), "", OwnAttributes.NONE, Cgroup.NONE, stat.kernelThread());
        }
        byte[] commandLine = proc.read(pid, "cmdline", LONGEST_COMMAND_LINE);
        return new ProcessFacts(
                pid,
                stat.comm(),
                ProgramName.of(program(proc, pid), commandLine),
                OwnAttributes.read(proc, pid),
                Cgroup.read(proc, pid),
                false);
    }

    /** A service is called what somebody called it; else what runs it is called; {@code unspecified} when nothing is known. */
    ProcessLabels labels(String node, @Nullable PodContainer found) {
        PodContainer pod = found == null ? own.pod() : found;
        Map<String, String> values = new HashMap<>();
        values.put("pid", Integer.toString(pid));
        put(values, "node", node);
        put(values, "comm", comm);
        if (pod != null) {
            put(values, "namespace", pod.namespace());
            put(values, "pod", pod.pod());
            put(values, "container", pod.container());
        } else if (!cgroup.containerId().isEmpty()) {
            put(values, "container", cgroup.containerId().substring(0, 12));
        }
        put(values, "service_name", serviceName(pod));
        return new ProcessLabels(values);
    }

    private String serviceName(@Nullable PodContainer pod) {
        if (pod != null && !pod.serviceName().isEmpty()) {
            return pod.serviceName();
        }
        if (!own.serviceName().isEmpty()) {
            return own.serviceName();
        }
        if (pod != null) {
            return pod.namespace() + "/" + pod.container();
        }
        if (kernelThread) {
            return "kernel";
        }
        if (!program.isEmpty()) {
            return program;
        }
        return comm.isEmpty() ? UNSPECIFIED : comm;
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value);
        }
    }

    private static String program(ProcFs proc, int pid) {
        try {
            String path = Files.readSymbolicLink(proc.of(pid, "exe")).toString();
            return path.endsWith(" (deleted)") ? path.substring(0, path.length() - 10) : path;
        } catch (IOException e) {
            // It ended, or may not be looked at; its name is left.
            return "";
        }
    }
}
