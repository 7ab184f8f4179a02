package io.lightvessel.agent;

import io.lightvessel.agent.engine.AgentEngine;
import io.lightvessel.agent.link.ManagedEngine;
import io.lightvessel.config.Environment;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.lightvessel.wire.opamp.AgentDescription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what an agent does at its start and with its first requests, between two engines in this process, and ends: what
 * the JVM records of it while it makes an AOT cache.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int REQUESTS = 200;

    private static final String BACKEND = """
            receivers:
              otlp:
                protocols:
                  grpc:
                    endpoint: 127.0.0.1:0
            exporters:
              debug:
                verbosity: basic
            service:
              pipelines:
                traces: {receivers: [otlp], exporters: [debug]}
                metrics: {receivers: [otlp], exporters: [debug]}
                logs: {receivers: [otlp], exporters: [debug]}
            """;
    private static final String GATEWAY = """
            receivers:
              otlp:
                protocols:
                  grpc:
                    endpoint: 127.0.0.1:0
                  http:
                    endpoint: 127.0.0.1:0
            processors:
              memory_limiter:
                check_interval: 1s
                limit_mib: 32
              resource:
                attributes:
                  - {key: k8s.cluster.name, value: warm-up, action: upsert}
              batch:
                timeout: 10ms
            exporters:
              otlp:
                endpoint: BACKEND
                tls: {insecure: true}
            service:
              pipelines:
                traces: {receivers: [otlp], processors: [memory_limiter, resource, batch], exporters: [otlp]}
                metrics: {receivers: [otlp], processors: [memory_limiter, resource, batch], exporters: [otlp]}
                logs: {receivers: [otlp], processors: [memory_limiter, resource, batch], exporters: [otlp]}
            """;
    private static final String LOGS = """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"warm-up"}}]},
            "scopeLogs":[{"scope":{"name":"warm-up"},"logRecords":[{"timeUnixNano":"1","body":{"stringValue":"a"},
            "attributes":[{"key":"http.route","value":{"stringValue":"/"}}]}]}]}]}
            """;

    private WarmUp() {}

    static void run(Clock clock) throws InterruptedException {
        try (Components components = new Components();
                AgentEngine backend = engine(components, clock);
                AgentEngine gateway = engine(components, clock);
                HttpClient client = HttpClient.newHttpClient()) {
            apply(backend, BACKEND);
            apply(gateway, GATEWAY.replace("BACKEND", endpoint(backend, "grpc")));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + endpoint(gateway, "http") + "/v1/logs"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.ofString(LOGS))
                    .build();
            for (int i = 0; i < REQUESTS; i++) {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != 200) {
                    throw new Failure("warm-up: HTTP status " + status + " (expected: 200)");
                }
            }
        } catch (IOException e) {
            throw new Failure("warm-up: " + e.getMessage(), e);
        }
        LOG.info("warmed up with {} requests", REQUESTS);
    }

    private static AgentEngine engine(Components components, Clock clock) {
        Engine engine = Engine.create(
                EngineOptions.defaults(AgentVersion.get(), "warm-up"), components.factories(null, List.of()));
        return new AgentEngine(
                engine,
                Environment.of(Map.of()),
                endpoints -> AgentDescription.newBuilder().build(),
                clock.instant());
    }

    private static void apply(AgentEngine engine, String yaml) {
        ManagedEngine.Outcome outcome = engine.apply(yaml.getBytes(StandardCharsets.UTF_8));
        if (!(outcome instanceof ManagedEngine.Outcome.Applied)) {
            throw new Failure("warm-up: " + outcome);
        }
    }

    private static String endpoint(AgentEngine engine, String protocol) {
        return engine.endpoints().values().stream()
                .flatMap(listening -> listening.entrySet().stream())
                .filter(listening -> listening.getKey().equals(protocol))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Failure("warm-up: nothing listens for " + protocol));
    }
}
