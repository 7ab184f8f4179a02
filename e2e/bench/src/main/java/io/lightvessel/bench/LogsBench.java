package io.lightvessel.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures what following logs of pods costs: first logs that are there all at once, so that the agent is never short of
 * lines, then many that nobody writes to.
 */
final class LogsBench {
    private static final long MILLION = 1_000_000;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final AgentProgram program;
    private final Pinning pinning;
    private final PrintStream out;

    LogsBench(AgentProgram program, Pinning pinning, PrintStream out) {
        this.program = program;
        this.pinning = pinning;
        this.out = out;
    }

    void run(LogsOptions options) throws InterruptedException {
        try {
            Path directory = Files.createTempDirectory("lightvessel-bench-logs");
            try (LogsSink sink = LogsSink.start()) {
                busy(options, directory.resolve("busy"), sink);
                if (options.idle() > 0) {
                    idle(options, directory.resolve("idle"), sink);
                }
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new Failure("cannot write logs: " + e.getMessage(), e);
        }
    }

    private void busy(LogsOptions options, Path directory, LogsSink sink) throws IOException, InterruptedException {
        PodFiles files = new PodFiles(directory.resolve("pods"), options.lineBytes());
        double copy = MemoryCopy.gigabytesPerSecond();
        long warmUp = options.warmUp() * MILLION / options.pods() * options.pods();
        long lines = options.lines() * MILLION / options.pods() * options.pods();
        files.write("warm", options.pods(), warmUp / options.pods());
        Ports ports = Ports.free();
        try (Subject subject = start(directory, ports, sink)) {
            subject.awaitHealth(ports.health());
            await(sink, warmUp, subject);
            PodFiles measured = new PodFiles(directory.resolve("more/pods"), options.lineBytes());
            long bytes = measured.write("busy", options.pods(), lines / options.pods());
            double cpu = subject.cpuSeconds();
            long before = System.nanoTime();
            try (Watch watch = Watch.start(subject);
                    Stream<Path> pods = Files.list(directory.resolve("more/pods"))) {
                for (Path pod : pods.toList()) {
                    Files.move(pod, directory.resolve("pods").resolve(pod.getFileName()));
                }
                await(sink, warmUp + lines, subject);
                double seconds = (System.nanoTime() - before) / 1e9;
                double used = subject.cpuSeconds() - cpu;
                out.printf(
                        Locale.ROOT,
                        "%d pods, %d lines of %d bytes with pod metadata, OTLP over HTTP%s%n"
                                + "%,.0f lines/s, %.0f MB/s, %.2f cpu s/1M lines, %.0f %% of a core; RSS %.0f MiB, at most "
                                + "%.0f MiB%n%.4f of a memory copy (%.1f GB/s)%n",
                        options.pods(),
                        lines,
                        options.lineBytes(),
                        pinning.isPossible() ? "" : ", not pinned",
                        lines / seconds,
                        bytes / 1e6 / seconds,
                        used * MILLION / lines,
                        100 * used / seconds,
                        watch.average(),
                        watch.highest(),
                        bytes / 1e9 / used / copy,
                        copy);
            }
            Thread.sleep(500);
            if (sink.records() != warmUp + lines) {
                throw new Failure(sink.records() + " lines arrived (expected: " + (warmUp + lines) + ")");
            }
        }
    }

    private void idle(LogsOptions options, Path directory, LogsSink sink) throws IOException, InterruptedException {
        new PodFiles(directory.resolve("pods"), options.lineBytes()).write("idle", options.idle(), 10);
        long wanted = sink.records() + options.idle() * 10L;
        Ports ports = Ports.free();
        try (Subject subject = start(directory, ports, sink)) {
            subject.awaitHealth(ports.health());
            await(sink, wanted, subject);
            Thread.sleep(Duration.ofSeconds(15));
            double cpu = subject.cpuSeconds();
            long before = System.nanoTime();
            Thread.sleep(Duration.ofSeconds(options.idleSeconds()));
            double seconds = (System.nanoTime() - before) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "%d idle files: %.2f %% of a core, RSS %.0f MiB%n",
                    options.idle(),
                    100 * (subject.cpuSeconds() - cpu) / seconds,
                    subject.residentMebibytes());
        }
    }

    private static void await(LogsSink sink, long records, Subject subject) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (sink.records() < records) {
            if (!subject.isAlive() || System.nanoTime() > deadline) {
                throw new Failure(
                        sink.records() + " lines arrived (expected: " + records + "):\n" + subject.lastWords());
            }
            Thread.sleep(5);
        }
    }

    private Subject start(Path directory, Ports ports, LogsSink sink) throws IOException {
        Path config = Files.writeString(directory.resolve("config.yaml"), """
                receivers:
                  filelog:
                    include: [%s/pods/*/*/*.log]
                    start_at: beginning
                    include_file_path: true
                    operators: [{type: container}]
                exporters:
                  otlphttp:
                    endpoint: %s
                    compression: none
                    sending_queue: {queue_size: 20, block_on_overflow: true}
                service:
                  pipelines:
                    logs: {receivers: [filelog], exporters: [otlphttp]}
                """.formatted(directory, sink.url()));
        List<String> command = new ArrayList<>(program.java());
        Path state = Files.createDirectories(directory.resolve("state"));
        command.addAll(List.of("run", "--config", config.toString(), "--state", state.toString()));
        Map<String, String> environment = Map.of(
                "LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:" + ports.health(),
                "LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:" + ports.metrics(),
                "LIGHTVESSEL_DEBUG_ENDPOINT", "off");
        return Subject.start(pinning.onAgentCore(command), environment, directory.resolve("log"));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
