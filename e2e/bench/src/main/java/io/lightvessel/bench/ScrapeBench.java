package io.lightvessel.bench;

import io.lightvessel.bench.scrape.ScrapeFigures;
import io.lightvessel.bench.scrape.ScrapeOptions;
import io.lightvessel.bench.scrape.ScrapeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lets the agent, or another program, scrape targets that change like real ones, and measures what that takes. */
final class ScrapeBench {
    private static final int WARM_UP_ROUNDS = 2;

    private final AgentProgram program;
    private final Pinning pinning;

    ScrapeBench(AgentProgram program, Pinning pinning) {
        this.program = program;
        this.pinning = pinning;
    }

    ScrapeFigures run(ScrapeOptions options) throws InterruptedException {
        double copy = MemoryCopy.gigabytesPerSecond();
        try (Scratch scratch = Scratch.create();
                ScrapeRun run = ScrapeRun.prepare(options)) {
            Ports ports = Ports.free();
            Path agentConfig = Files.writeString(scratch.directory().resolve("agent.yaml"), run.agentConfig());
            Path prometheusConfig =
                    Files.writeString(scratch.directory().resolve("prometheus.yml"), run.prometheusConfig());
            try (Subject subject = start(options, scratch.directory(), agentConfig, prometheusConfig, ports)) {
                if (options.peer() == null) {
                    subject.awaitHealth(ports.health());
                }
                Thread.sleep(WARM_UP_ROUNDS * options.intervalSeconds() * 1000L);
                return measure(options, run, subject, copy);
            }
        } catch (IOException e) {
            throw new Failure("cannot prepare: " + e.getMessage(), e);
        }
    }

    private ScrapeFigures measure(ScrapeOptions options, ScrapeRun run, Subject subject, double copy)
            throws InterruptedException {
        try (Watch watch = Watch.start(subject)) {
            ScrapeRun.Count before = run.count();
            double cpuBefore = subject.cpuSeconds();
            long start = System.nanoTime();
            Thread.sleep(options.rounds() * options.intervalSeconds() * 1000L);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = subject.cpuSeconds() - cpuBefore;
            ScrapeRun.Count all = run.count().minus(before);
            double pageBytes = all.pageBytes();
            return new ScrapeFigures(
                    options.name(),
                    options.peer() == null ? "lightvessel" : options.peer(),
                    pinning.isPossible(),
                    seconds,
                    all.samples() / seconds,
                    all.scrapes() == 0 ? 0 : (double) all.samples() / all.expectedSamples(),
                    100 * cpu / seconds,
                    watch.average(),
                    watch.highest(),
                    pageBytes / 1e6 / seconds,
                    copy,
                    pageBytes / 1e9 / Math.max(cpu, 0.01) / copy,
                    all.samples() == 0 ? 0 : (double) all.writtenBytes() / all.samples(),
                    all.requests());
        }
    }

    private Subject start(ScrapeOptions options, Path directory, Path agentConfig, Path prometheusConfig, Ports ports) {
        Path log = directory.resolve("subject.log");
        Map<String, String> environment = Map.of(
                "LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:" + ports.health(),
                "LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:" + ports.metrics(),
                "LIGHTVESSEL_DEBUG_ENDPOINT", "off");
        String peer = options.peer();
        if (peer != null) {
            String command = peer.equals("prometheus")
                    ? "exec prometheus --enable-feature=agent --config.file={prometheus} --storage.agent.path={directory}"
                            + "/wal --web.listen-address=127.0.0.1:" + ports.http()
                    : peer;
            command = command.replace("{config}", agentConfig.toString())
                    .replace("{prometheus}", prometheusConfig.toString())
                    .replace("{directory}", directory.toString());
            return Subject.start(pinning.onAgentCore(List.of("sh", "-c", command)), environment, log);
        }
        List<String> command = new ArrayList<>(program.java());
        // Before -jar, which is followed by the jar and nothing else; what comes later counts.
        command.add(command.size() - 2, "-Xmx" + options.heapMebibytes() + "m");
        command.addAll(List.of("run", "--config", agentConfig.toString()));
        return Subject.start(pinning.onAgentCore(command), environment, log);
    }

    /** A directory that is gone afterwards. */
    private record Scratch(Path directory) implements AutoCloseable {

        static Scratch create() throws IOException {
            return new Scratch(Files.createTempDirectory("lightvessel-bench-scrape"));
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
