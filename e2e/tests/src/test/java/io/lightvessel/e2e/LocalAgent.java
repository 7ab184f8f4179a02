package io.lightvessel.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The packaged agent as a process that runs a config file, with its debug UI and one OTLP/HTTP port. */
final class LocalAgent implements AutoCloseable {

    private static final String CONFIG = """
            receivers:
              otlp: { protocols: { http: { endpoint: "127.0.0.1:%d" } } }
              otlp/with-a-name-that-is-longer-than-its-place: { protocols: { http: { endpoint: "127.0.0.1:0" } } }
            processors:
              memory_limiter: { check_interval: 1s, limit_mib: 50 }
              batch: { timeout: 50ms }
            exporters:
              debug:
              otlphttp/away: { endpoint: "http://127.0.0.1:9", headers: { authorization: very-secret } }
            service:
              pipelines:
                logs:
                  receivers: [otlp, otlp/with-a-name-that-is-longer-than-its-place]
                  processors: [memory_limiter, batch]
                  exporters: [debug]
                traces: { receivers: [otlp], exporters: [debug, otlphttp/away] }
            """;

    final int debugPort;
    private final int otlpPort;
    private final Path directory;
    private final Map<String, String> environment;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process process;

    private LocalAgent(Path directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.environment = environment;
        this.debugPort = OwnAgent.freePort();
        this.otlpPort = OwnAgent.freePort();
        Files.writeString(directory.resolve("config.yaml"), CONFIG.formatted(otlpPort));
        this.process = launch();
    }

    static LocalAgent start(Path directory, Map<String, String> environment) throws Exception {
        LocalAgent agent = new LocalAgent(directory, environment);
        agent.awaitAnswer();
        return agent;
    }

    private Process launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        ProductExtension.HOME
                                .resolve("agents/agent/target/agent/lightvessel-agent.jar")
                                .toString(),
                        "run",
                        "--config",
                        directory.resolve("config.yaml").toString(),
                        "--name",
                        "gateway-1"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("LIGHTVESSEL_HEALTH_ENDPOINT", "127.0.0.1:0");
        builder.environment().put("LIGHTVESSEL_METRICS_ENDPOINT", "127.0.0.1:0");
        builder.environment().put("LIGHTVESSEL_DEBUG_ENDPOINT", "127.0.0.1:" + debugPort);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void awaitAnswer() throws Exception {
        Eventually.within(Duration.ofSeconds(30), () -> {
            if (!Wire.listening(debugPort) || !Wire.listening(otlpPort)) {
                throw new AssertionError("the agent does not answer:\n" + Files.readString(directory.resolve("log")));
            }
        });
    }

    /** Sends one log record. */
    void log(String service, String severity, int severityNumber, String body) throws Exception {
        post("/v1/logs", """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
                "scopeLogs":[{"logRecords":[{"severityText":"%s","severityNumber":%d,"body":{"stringValue":"%s"},
                "attributes":[{"key":"order.id","value":{"intValue":"7"}}]}]}]}]}""".formatted(service, severity, severityNumber, body));
    }

    /** Sends one span. */
    void span(String service, String name) throws Exception {
        post("/v1/traces", """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
                "scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708",
                "name":"%s","startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]}""".formatted(service, name));
    }

    private void post(String path, String json) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + otlpPort + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws Exception {
        process = launch();
        awaitAnswer();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        client.close();
    }
}
