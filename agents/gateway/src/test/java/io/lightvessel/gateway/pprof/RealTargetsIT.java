package io.lightvessel.gateway.pprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.gateway.pyroscope.PyroscopeServer;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.pipeline.FlowSnapshot;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Go programs from the system's packages, profiled through the whole agent into a Pyroscope that looks closely. */
class RealTargetsIT {
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final Path NODE_EXPORTER = Path.of("/usr/bin/prometheus-node-exporter");

    @TempDir
    Path directory;

    private final List<Process> programs = new ArrayList<>();
    private PyroscopeServer pyroscope;

    @BeforeEach
    void start() throws Exception {
        pyroscope = new PyroscopeServer();
    }

    @AfterEach
    void stop() throws Exception {
        for (Process program : programs) {
            program.destroy();
        }
        for (Process program : programs) {
            program.waitFor();
        }
        pyroscope.close();
    }

    private String run(Path program, String... arguments) throws Exception {
        assumeTrue(Files.isExecutable(program), program + " is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), "--web.listen-address=127.0.0.1:" + port));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        directory.resolve(program.getFileName() + ".log").toFile())
                .start();
        programs.add(process);
        Eventually.isTrue(program + " answers", () -> answers("http://127.0.0.1:" + port + "/debug/pprof/"));
        return "127.0.0.1:" + port;
    }

    private static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    @Test
    void allProfilesOfGoProgramsArrive() throws Exception {
        String prometheus = run(
                PROMETHEUS,
                "--config.file="
                        + Files.writeString(
                                directory.resolve("prometheus.yml"),
                                "global: {scrape_interval: 1s}\n"
                                        + "scrape_configs: [{job_name: self, static_configs: [{targets:"
                                        + " [\"127.0.0.1:1\"]}]}]\n"),
                "--storage.tsdb.path=" + directory.resolve("data"));
        String exporter = run(NODE_EXPORTER);
        String yaml = """
            receivers:
              pprof:
                scrape_configs:
                  - job_name: go
                    scrape_interval: 2s
                    static_configs:
                      - {targets: ["%s"], labels: {service_name: prometheus}}
                      - {targets: ["%s"], labels: {service_name: node-exporter}}
            exporters:
              pyroscope: {endpoint: "%s"}
            service:
              pipelines:
                profiles: {receivers: [pprof], exporters: [pyroscope]}
            """.formatted(prometheus, exporter, pyroscope.url());
        try (Engines engines = new Engines(yaml)) {
            Map<String, Set<String>> names = new HashMap<>();
            Map<String, PyroscopeServer.Taken> last = new HashMap<>();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!complete(names) && System.nanoTime() < deadline) {
                burn(exporter);
                burn(prometheus);
                PyroscopeServer.Taken taken = pyroscope.taken.poll(100, TimeUnit.MILLISECONDS);
                if (taken != null) {
                    String name = taken.labels().get("__name__");
                    names.computeIfAbsent(taken.labels().get("service_name"), _ -> new TreeSet<>())
                            .add(name);
                    last.put(name, taken);
                }
            }
            assertThat(pyroscope.complaints).isEmpty();
            assertThat(names)
                    .allSatisfy((_, found) -> assertThat(found).contains("goroutine", "memory", "process_cpu"));
            PyroscopeServer.Taken memory = last.get("memory");
            assertThat(memory.labels()).containsEntry("__delta__", "false").containsEntry("job", "go");
            assertThat(memory.profile().types)
                    .containsExactly(
                            "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes");
            assertThat(memory.profile().duration).isPositive();
            assertThat(memory.profile().samples.values()).allSatisfy(values -> {
                assertThat(values[0]).isNotNegative();
                assertThat(values[1]).isNotNegative();
            });
            assertThat(last.get("process_cpu").profile().types).containsExactly("samples/count", "cpu/nanoseconds");
            assertThat(last.get("goroutine").profile().samples.keySet())
                    .anyMatch(stack -> stack.startsWith("runtime.main;main.main"));
            Eventually.isTrue("the books balance", () -> balanced(engines.engine.flow()));
        }
    }

    private static boolean complete(Map<String, Set<String>> names) {
        return names.size() == 2
                && names.values().stream()
                        .allMatch(found -> found.containsAll(List.of("goroutine", "memory", "process_cpu")));
    }

    /** Work to be seen in profiles. */
    private static void burn(String address) {
        answers("http://" + address + "/metrics");
    }

    private static boolean balanced(FlowSnapshot flow) {
        return flow.pipelines().stream()
                .allMatch(ledger -> ledger.isBalanced() && ledger.delivered().records() > 0);
    }
}
