package io.lightvessel.collector.ebpf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.lightvessel.collector.ebpf.Programs;
import io.lightvessel.collector.ebpf.RequiresEbpf;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel of this machine makes of the program and of perf's rings. */
@RequiresEbpf
class SampleSourceIT {
    /** Many enough that chance does not decide within a few seconds on a machine that others use too. */
    private static final int HERTZ = 397;

    private static final int SECONDS = 6;

    @TempDir
    Path directory;

    private static SampleSource open(String name, int hertz) throws Exception {
        Libc libc = new Libc();
        return name.equals("bpf")
                ? new BpfSource(libc, CpuList.online(), hertz)
                : new PerfSource(libc, CpuList.online(), hertz);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf", "perf"})
    void samplesTellWhereAProcessSpendsItsTime(String name) throws Exception {
        Path program = Programs.hot(directory);
        TreeMap<Long, String> functions = functions(program);
        Process process = new ProcessBuilder(program.toString()).start();
        try (SampleSource source = open(name, HERTZ)) {
            Thread.sleep(200);
            source.drain(sample -> {});
            double before = Programs.cpuSeconds(process.pid());
            Map<String, Integer> leaves = new TreeMap<>();
            List<String> callers = new ArrayList<>();
            int[] kernelFrames = new int[1];
            for (int round = 0; round < SECONDS * 5; round++) {
                Thread.sleep(200);
                source.drain(sample -> {
                    kernelFrames[0] += sample.kernelFrames();
                    if (sample.tgid() == process.pid()) {
                        leaves.merge(functionAt(functions, sample.userIps()[0]), 1, Integer::sum);
                        for (int i = 1; i < sample.userFrames(); i++) {
                            callers.add(functionAt(functions, sample.userIps()[i]));
                        }
                    }
                });
            }
            double used = Programs.cpuSeconds(process.pid()) - before;

            int samples = leaves.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(samples / (double) HERTZ).isCloseTo(used, within(used * 0.15));
            assertThat(100.0 * leaves.get("hot_a") / samples).isCloseTo(40, within(8.0));
            assertThat(100.0 * leaves.get("hot_b") / samples).isCloseTo(60, within(8.0));
            // gcc gives leaf functions no frame, so that their caller may be missing, but never the whole stack.
            assertThat(callers).isNotEmpty();
            assertThat(kernelFrames[0]).isPositive();
            assertThat(source.lost()).isZero();
            assertThat(source.memory()).isBetween(100_000L, 4_000_000L);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf", "perf"})
    void ratesChangeWhileItRuns(String name) throws Exception {
        Path program = Programs.hot(directory);
        Process process = new ProcessBuilder(program.toString()).start();
        try (SampleSource source = open(name, 19)) {
            Thread.sleep(1000);
            int slow = countOf(source, process);
            source.rate(797);
            Thread.sleep(1000);
            int fast = countOf(source, process);
            assertThat(fast).isGreaterThan(5 * Math.max(1, slow));
        } finally {
            process.destroyForcibly();
        }
    }

    private static int countOf(SampleSource source, Process process) {
        int[] count = new int[1];
        source.drain(sample -> count[0] += sample.tgid() == process.pid() ? 1 : 0);
        return count[0];
    }

    @Test
    void programsTellWhatTheirRunsCost() throws Exception {
        Path program = Programs.hot(directory);
        Process process = new ProcessBuilder(program.toString()).start();
        try (SampleSource source = open("bpf", HERTZ)) {
            for (int round = 0; round < 15; round++) {
                source.drain(sample -> {});
                Thread.sleep(100);
            }
            assertThat(source.nanosPerSample().orElse(0)).isPositive();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void verifiersSayWhatTheyMind() {
        Bpf bpf = new Bpf(new Libc());
        byte[] readsWhatNobodyWrote = new BpfAssembler()
                .move(BpfAssembler.Register.R0, BpfAssembler.Register.R3)
                .exit()
                .assemble();
        SyscallFailure failure =
                catchThrowableOfType(SyscallFailure.class, () -> bpf.load("lv_bad", readsWhatNobodyWrote));
        assertThat(failure.getMessage()).startsWith("BPF_PROG_LOAD: EACCES: ").contains("R3 !read_ok");
    }

    /** Names are those of symbols whose addresses are the process's, since the program is not relocated. */
    private static TreeMap<Long, String> functions(Path program) throws Exception {
        TreeMap<Long, String> functions = new TreeMap<>();
        for (String line : Programs.said("nm", program.toString()).split("\n")) {
            String[] fields = line.trim().split(" ");
            if (fields.length == 3 && fields[1].equalsIgnoreCase("t")) {
                functions.put(Long.parseUnsignedLong(fields[0], 16), fields[2]);
            }
        }
        return functions;
    }

    private static String functionAt(TreeMap<Long, String> functions, long ip) {
        Map.Entry<Long, String> found = functions.floorEntry(ip);
        return found == null ? "?" : found.getValue();
    }

    @Test
    void killedAgentsLeaveNothingInTheKernel() throws Exception {
        Process holder = new ProcessBuilder(Programs.java(ProbeMain.class, List.of(), "hold")).start();
        try {
            BufferedReader said = holder.inputReader();
            String line = said.readLine();
            while (line != null && !line.startsWith("program: ")) {
                line = said.readLine();
            }
            assertThat(line).isNotNull();
            int program = Integer.parseInt(line.substring("program: ".length()));
            Bpf bpf = new Bpf(new Libc());
            assertThat(bpf.exists(program)).isTrue();
            holder.destroyForcibly();
            assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
            // The kernel takes programs apart after a grace period of its own.
            for (int round = 0; round < 100 && bpf.exists(program); round++) {
                Thread.sleep(50);
            }
            assertThat(bpf.exists(program)).isFalse();
        } finally {
            holder.destroyForcibly();
        }
    }

    /** Each set of rights with what people are told; the answers are the kernel's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-all|ebpf profiler off: bpf: BPF_MAP_CREATE: EPERM (missing: CAP_BPF, CAP_PERFMON); perf:"
                        + " perf_event_open: EACCES (perf_event_paranoid: PARANOID) (missing: CAP_PERFMON)|",
                "-all,+bpf|ebpf profiler off: bpf: BPF_PROG_LOAD: EPERM (missing: CAP_PERFMON); perf: perf_event_open:"
                        + " EACCES (perf_event_paranoid: PARANOID) (missing: CAP_PERFMON)|",
                "-all,+perfmon|samples come from perf rings; bpf: BPF_MAP_CREATE: EPERM (missing: CAP_BPF); the"
                        + " kernel's functions have no names (missing: CAP_SYSLOG); deleted programs have no names"
                        + " (missing: CAP_CHECKPOINT_RESTORE)|perf",
                "-all,+bpf,+perfmon|the kernel's functions have no names (missing: CAP_SYSLOG); deleted programs have"
                        + " no names (missing: CAP_CHECKPOINT_RESTORE)|bpf",
                "-all,+sys_admin|the kernel's functions have no names (missing: CAP_SYSLOG)|bpf",
                "-all,+bpf,+perfmon,+syslog,+checkpoint_restore||bpf"
            })
    void messagesNameWhatIsMissing(String expected) throws Exception {
        String[] parts = expected.split("\\|", -1);
        String said = Programs.said(Programs.java(
                        ProbeMain.class,
                        List.of("setpriv", "--bounding-set", parts[0], "--inh-caps", parts[0]),
                        "probe")
                .toArray(String[]::new));
        String source = parts[2].isEmpty() ? "" : "source: " + parts[2] + "\n";
        String paranoia = Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid"))
                .strip();
        assertThat(said).isEqualTo("message: " + parts[1].replace("PARANOID", paranoia) + "\n" + source);
    }

    /** A program would see processes by numbers that are others' here. */
    @Test
    void nestedPidNamespacesAreSampledByPerf() throws Exception {
        List<String> command = Programs.java(ProbeMain.class, List.of("unshare", "-pf", "--mount-proc"), "self");
        String said = Programs.said(command.toArray(String[]::new));
        assertThat(said)
                .startsWith(
                        "message: samples come from perf rings; bpf: the agent is not in the machine's pid namespace,"
                                + " in which programs see processes (expected: hostPID: true)\nsource: perf\n");
        String[] fields = said.lines()
                .filter(line -> line.startsWith("pid: "))
                .findFirst()
                .orElseThrow()
                .split(" ");
        assertThat(fields[1]).isEqualTo("1");
        assertThat(Integer.parseInt(fields[3])).isGreaterThan(40);
    }

    @Test
    void processesInNestedNamespacesAreSeenFromOutside() throws Exception {
        Path program = Programs.hot(directory);
        Process nested = new ProcessBuilder("unshare", "-pf", program.toString()).start();
        try (SampleSource source = open("bpf", HERTZ)) {
            Thread.sleep(1500);
            long inner = nested.children().findFirst().orElseThrow().pid();
            int[] count = new int[1];
            source.drain(sample -> count[0] += sample.tgid() == inner ? 1 : 0);
            assertThat(count[0]).isGreaterThan(100);
        } finally {
            nested.descendants().forEach(ProcessHandle::destroyForcibly);
            nested.destroyForcibly();
        }
    }
}
