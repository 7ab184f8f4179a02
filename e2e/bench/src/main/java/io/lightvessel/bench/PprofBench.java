package io.lightvessel.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures what pulling profiles costs: the agent between Go services and Pyroscope. */
final class PprofBench {

    private final AgentProgram program;
    private final Pinning pinning;
    private final PrintStream out;

    PprofBench(AgentProgram program, Pinning pinning, PrintStream out) {
        this.program = program;
        this.pinning = pinning;
        this.out = out;
    }

    void run(PprofOptions options) throws InterruptedException {
        try (ProfileTargets targets = new ProfileTargets(options.stacks())) {
            Path directory = Files.createTempDirectory("lightvessel-bench");
            Path config = Files.writeString(directory.resolve("config.yaml"), config(options, targets));
            Ports ports = Ports.free();
            try (Subject subject = program.start(config, ports, pinning, directory.resolve("log"))) {
                subject.awaitHealth(ports.health());
                Thread.sleep(Duration.ofSeconds(options.warmUp()));
                measure(options, targets, subject);
            } finally {
                Files.deleteIfExists(config);
                Files.deleteIfExists(directory.resolve("log"));
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new Failure("cannot write the agent's config: " + e.getMessage(), e);
        }
    }

    private void measure(PprofOptions options, ProfileTargets targets, Subject subject) throws InterruptedException {
        long served = targets.served();
        long servedBytes = targets.servedBytes();
        long pushed = targets.pushed();
        long pushedBytes = targets.pushedBytes();
        double cpu = subject.cpuSeconds();
        long before = System.nanoTime();
        double average;
        double highest;
        try (Watch watch = Watch.start(subject)) {
            Thread.sleep(Duration.ofSeconds(options.seconds()));
            average = watch.average();
            highest = watch.highest();
        }
        double seconds = (System.nanoTime() - before) / 1e9;
        double core = (subject.cpuSeconds() - cpu) / seconds;
        long pulls = targets.served() - served;
        if (targets.pushed() == pushed) {
            throw new Failure("no profile arrived:\n" + subject.lastWords());
        }
        out.printf(
                Locale.ROOT,
                "%d targets, every %d s, %,d stacks, largest profile %.1f MB unpacked%s%n",
                options.targets(),
                options.interval(),
                options.stacks(),
                targets.plainSize() / 1e6,
                pinning.isPossible() ? "" : ", not pinned");
        out.printf(
                Locale.ROOT,
                "pulled %.1f profiles/s, %.2f MB/s packed; pushed %.1f profiles/s, %.2f MB/s%n",
                pulls / seconds,
                (targets.servedBytes() - servedBytes) / 1e6 / seconds,
                (targets.pushed() - pushed) / seconds,
                (targets.pushedBytes() - pushedBytes) / 1e6 / seconds);
        out.printf(
                Locale.ROOT,
                "%.3f of a core, %.2f ms per profile; RSS %.0f MiB, at most %.0f MiB%n",
                core,
                core * 1000 * seconds / Math.max(1, pulls),
                average,
                highest);
    }

    private static String config(PprofOptions options, ProfileTargets targets) {
        String addresses = IntStream.rangeClosed(1, options.targets())
                .mapToObj(i -> "\"127.0.0." + i + ":" + targets.port() + "\"")
                .collect(Collectors.joining(", "));
        return """
            receivers:
              pprof:
                scrape_configs:
                  - job_name: bench
                    scrape_interval: %ds
                    static_configs: [{targets: [%s]}]
            exporters:
              pyroscope: {endpoint: "http://127.0.0.1:%d"}
            service:
              pipelines:
                profiles: {receivers: [pprof], exporters: [pyroscope]}
            """.formatted(options.interval(), addresses, targets.sinkPort());
    }
}
