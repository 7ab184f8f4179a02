package io.lightvessel.collector.ebpf.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out which source works here by opening it: a program in the kernel, else perf rings, else none. Each step down
 * says what the kernel answered and what the agent would need.
 */
public final class SampleSources {

    /** What came of opening one. */
    public sealed interface Opened {

        /** In one line, for people; empty when nothing is less than it could be. */
        String message();

        /**
         * Samples come in.
         *
         * @param remarks why they are not the best there could be
         */
        record Running(SampleSource source, List<String> remarks) implements Opened {
            @Override
            public String message() {
                return String.join("; ", remarks);
            }
        }

        /** No samples can be had. */
        record Off(List<String> reasons) implements Opened {
            @Override
            public String message() {
                return "ebpf profiler off: " + String.join("; ", reasons);
            }
        }
    }

    private SampleSources() {}

    public static Opened open(int hertz) {
        try {
            return open(new Libc(), Surroundings.read(), CpuList.online(), hertz);
        } catch (UnsupportedOperationException e) {
            return new Opened.Off(List.of(String.valueOf(e.getMessage())));
        } catch (IllegalCallerException e) {
            return new Opened.Off(
                    List.of("the JVM denies native access (expected: --enable-native-access=ALL-UNNAMED)"));
        } catch (SourceFailure e) {
            return new Opened.Off(List.of(String.valueOf(e.getMessage())));
        }
    }

    private static Opened open(Libc libc, Surroundings here, SortedSet<Integer> cpus, int hertz) {
        List<String> steps = new ArrayList<>();
        if (here.initialPidNamespace()) {
            try {
                return new Opened.Running(new BpfSource(libc, cpus, hertz), remarks(here));
            } catch (SyscallFailure failure) {
                steps.add("bpf: " + failure.getMessage() + wanted(failure, here, Capability.BPF, Capability.PERFMON));
            }
        } else {
            steps.add("bpf: the agent is not in the machine's pid namespace, in which programs see processes"
                    + " (expected: hostPID: true)");
        }
        try {
            SampleSource source = new PerfSource(libc, cpus, hertz);
            steps.addFirst("samples come from perf rings");
            steps.addAll(remarks(here));
            return new Opened.Running(source, steps);
        } catch (SyscallFailure failure) {
            String paranoia = failure.isDenied() ? " (perf_event_paranoid: " + here.paranoia() + ")" : "";
            steps.add("perf: " + failure.getMessage() + paranoia + wanted(failure, here, Capability.PERFMON));
            return new Opened.Off(steps);
        }
    }

    private static String wanted(SyscallFailure failure, Surroundings here, Capability... needed) {
        if (!failure.isDenied()) {
            return "";
        }
        String missing = Stream.of(needed)
                .filter(capability -> !here.has(capability))
                .map(Capability::toString)
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? " (all capabilities are there: seccomp, a security module or lockdown forbids it)"
                : " (missing: " + missing + ")";
    }

    private static List<String> remarks(Surroundings here) {
        List<String> remarks = new ArrayList<>();
        if (!here.has(Capability.SYSLOG)) {
            remarks.add("the kernel's functions have no names (missing: CAP_SYSLOG)");
        }
        if (!here.has(Capability.CHECKPOINT_RESTORE)) {
            remarks.add("deleted programs have no names (missing: CAP_CHECKPOINT_RESTORE)");
        }
        if (!here.has(Capability.SYS_PTRACE) && !here.has(Capability.PERFMON)) {
            remarks.add("other users' processes have no names (missing: CAP_SYS_PTRACE)");
        }
        return remarks;
    }
}
