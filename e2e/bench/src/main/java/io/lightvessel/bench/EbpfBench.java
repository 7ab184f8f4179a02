package io.lightvessel.bench;

import io.lightvessel.bench.ebpf.AgentMetrics;
import io.lightvessel.bench.ebpf.Burners;
import io.lightvessel.bench.ebpf.BusyProcesses;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Measures what profiling a busy node costs: its processor time, and how much less other work gets done beside it. */
final class EbpfBench {
    private static final String CPU = "lightvessel_ebpf_cpu_microseconds";

    private final AgentProgram program;
    private final PrintStream out;

    EbpfBench(AgentProgram program, PrintStream out) {
        this.program = program;
        this.out = out;
    }

    void run(EbpfOptions options) throws InterruptedException {
        int cpus = Runtime.getRuntime().availableProcessors();
        Path directory;
        try {
            directory = Files.createTempDirectory("lightvessel-bench");
        } catch (IOException e) {
            throw new Failure("no directory can be made: " + e.getMessage(), e);
        }
        try (BusyProcesses busy = new BusyProcesses(options.processes(), directory);
                Burners burners = new Burners(cpus);
                ProfileTargets sink = new ProfileTargets(1)) {
            Thread.sleep(Duration.ofSeconds(5));
            double before = workPerSecond(burners, options.seconds());
            double during = profiled(options, directory, busy, burners, sink);
            double after = workPerSecond(burners, options.seconds());
            out.printf(
                    Locale.ROOT,
                    "other work: %.4f of what gets done without profiler (%.0f before, %.0f with, %.0f after)%n",
                    during / ((before + after) / 2),
                    before,
                    during,
                    after);
        } catch (IOException e) {
            throw new Failure("the load or the agent's config could not be made: " + e.getMessage(), e);
        } finally {
            remove(directory);
        }
    }

    private static void remove(Path directory) {
        for (String file : new String[] {"pipe", "config.yaml", "log", ""}) {
            try {
                Files.deleteIfExists(directory.resolve(file));
            } catch (IOException e) {
                // A directory below /tmp that stays is no reason to hide figures.
                return;
            }
        }
    }

    private static double workPerSecond(Burners burners, int seconds) throws InterruptedException {
        long begun = System.nanoTime();
        long done = burners.done();
        Thread.sleep(Duration.ofSeconds(seconds));
        return (burners.done() - done) / ((System.nanoTime() - begun) / 1e9);
    }

    private double profiled(
            EbpfOptions options, Path directory, BusyProcesses busy, Burners burners, ProfileTargets sink)
            throws IOException, InterruptedException {
        int cpus = Runtime.getRuntime().availableProcessors();
        Path config = Files.writeString(directory.resolve("config.yaml"), config(options, sink));
        Ports ports = Ports.free();
        try (Subject subject = program.start(config, ports, Pinning.none(), directory.resolve("log"))) {
            subject.awaitHealth(ports.health());
            Thread.sleep(Duration.ofSeconds(options.warmUp()));
            AgentMetrics first = AgentMetrics.read(ports.metrics());
            double cpu = subject.cpuSeconds();
            long pushed = sink.pushed();
            long begun = System.nanoTime();
            double work;
            double highest;
            try (Watch watch = Watch.start(subject)) {
                work = workPerSecond(burners, options.seconds());
                highest = watch.highest();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double agent = (subject.cpuSeconds() - cpu) / seconds / cpus;
            AgentMetrics last = AgentMetrics.read(ports.metrics());
            if (last.sum("lightvessel_ebpf_samples", "") == 0) {
                throw new Failure("nothing was sampled:\n" + subject.lastWords());
            }
            // What runs in the kernel is charged to whom it interrupts, so it comes on top of the agent's own time.
            double kernel =
                    (last.sum(CPU, "part=\"kernel\"") - first.sum(CPU, "part=\"kernel\"")) / 1e6 / seconds / cpus;
            double kernelMebibytes = last.sum("lightvessel_ebpf_kernel_memory_bytes", "") / (1 << 20);
            print(options, cpus, busy, last);
            out.printf(
                    Locale.ROOT,
                    "%.2f %% of the node's CPU: %.2f %% the agent, %.2f %% in the kernel; %.1f profiles/s sent%n",
                    100 * (agent + kernel),
                    100 * agent,
                    100 * kernel,
                    (sink.pushed() - pushed) / seconds);
            out.printf(
                    Locale.ROOT,
                    "%.0f MiB: at most %.0f MiB resident, %.1f MiB of the kernel's%n",
                    highest + kernelMebibytes,
                    highest,
                    kernelMebibytes);
            return work;
        }
    }

    private void print(EbpfOptions options, int cpus, BusyProcesses busy, AgentMetrics metrics) {
        out.printf(
                Locale.ROOT,
                "%d CPUs, all busy, and %d processes; sampling at %.0f Hz (asked for: %d), %.0f samples dropped, %.0f"
                        + " stacks cut%n",
                cpus,
                busy.running(),
                metrics.sum("lightvessel_ebpf_sample_rate", ""),
                options.rate(),
                metrics.sum("lightvessel_ebpf_samples_dropped", ""),
                metrics.sum("lightvessel_ebpf_stacks_truncated", ""));
    }

    private static String config(EbpfOptions options, ProfileTargets sink) {
        return """
            receivers:
              ebpf: {sample_rate: %d, collect_interval: 10s}
            exporters:
              pyroscope: {endpoint: "http://127.0.0.1:%d"}
            service:
              pipelines:
                profiles: {receivers: [ebpf], exporters: [pyroscope]}
            """.formatted(options.rate(), sink.sinkPort());
    }
}
