package io.lightvessel.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
    private final GatewayComponents gateway = GatewayComponents.create();
    private final Engine engine = Engine.create(
            new EngineOptions(1 << 20, Duration.ofSeconds(1), "0", "test"),
            gateway.factories()
                    .with(List.of(new HealthCheckFactory(
                            new ListenAddress("0.0.0.0", 13133), Instant.EPOCH, Clock.systemUTC()))));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        engine.close();
        gateway.close();
    }

    @Test
    void answersOnItsOwnAddressAndPath() throws Exception {
        int port = freePort();
        apply("{endpoint: '127.0.0.1:%d', path: /status}".formatted(port));
        HttpResponse<String> answer = get(port, "/status");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":\"Server available\"").contains("extension:health_check");
        assertThat(get(port, "/").statusCode()).isEqualTo(404);
        assertThat(get(port, "/").body()).isEqualTo("no such path: / (expected: /status)\n");
    }

    @Test
    void aChangedAnswerKeepsTheListener() throws Exception {
        int port = freePort();
        apply("{endpoint: '127.0.0.1:%d'}".formatted(port));
        apply("{endpoint: '127.0.0.1:%d', path: /ok, response_body: {healthy: fine}}".formatted(port));
        assertThat(get(port, "/ok").body()).isEqualTo("fine");
        apply("{endpoint: '127.0.0.1:%d', path: /ok, response_body: {healthy: better}}".formatted(port));
        assertThat(get(port, "/ok").body()).isEqualTo("better");
    }

    @Test
    void theProcessesOwnPortIsNotOpenedTwice() throws Exception {
        apply("{endpoint: '127.0.0.1:13133'}");
        assertThat(engine.health().healthy()).isTrue();
    }

    @Test
    void aTakenPortIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            apply("{endpoint: '127.0.0.1:13133'}");
            ApplyOutcome outcome = engine.apply(config("{endpoint: '127.0.0.1:%d'}".formatted(taken.getLocalPort())));
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            ApplyOutcome.Refused.class,
                            refused -> assertThat(refused.reason())
                                    .isEqualTo(
                                            "extension/health_check: cannot open the health endpoint on 127.0.0.1:"
                                                    + taken.getLocalPort()
                                                    + ": Address already in use. Set health_check::endpoint to a free host:port."));
        }
    }

    @Test
    void aPathMustBeOne() {
        assertThatThrownBy(() -> config("{path: status}"))
                .hasMessageContaining("extensions::health_check::path")
                .hasMessageContaining("'status' (expected: a path that begins with /)");
    }

    private void apply(String settings) {
        assertThat(engine.apply(config(settings))).isEqualTo(new ApplyOutcome.Applied(List.of()));
    }

    private static PipelineConfig config(String settings) {
        String text = """
                receivers: {otlp: {protocols: {grpc: {endpoint: '127.0.0.1:0'}}}}
                exporters: {debug: }
                extensions: {health_check: %s}
                service: {extensions: [health_check], pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}
                """.formatted(settings);
        return switch (ConfigParser.parse(text, Environment.of(Map.of()))) {
            case ParseOutcome.Valid valid -> valid.config();
            case ParseOutcome.Invalid invalid ->
                throw new AssertionError(invalid.findings().toString());
        };
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
