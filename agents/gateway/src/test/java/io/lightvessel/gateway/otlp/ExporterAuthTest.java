package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedGrpc;
import io.lightvessel.pipeline.ApplyOutcome;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterAuthTest {
    @TempDir
    Path directory;

    @Test
    void everyRequestCarriesTheTokenOfTheMoment() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "one");
        try (GatewayComponents gateway = GatewayComponents.create();
                Engine engine = Engine.create(
                        new EngineOptions(16 << 20, Duration.ofSeconds(1), "0", "test"), gateway.factories());
                ScriptedGrpc backend = new ScriptedGrpc()) {
            String config = """
                    receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:0'}}}}
                    exporters:
                      otlp:
                        endpoint: 'http://127.0.0.1:%d'
                        headers: {X-Fixed: stays, Authorization: nobody}
                        auth: {authenticator: bearertokenauth}
                        sending_queue: {enabled: false}
                    extensions: {bearertokenauth: {filename: '%s'}}
                    service: {extensions: [bearertokenauth], pipelines: {traces: {receivers: [otlp], exporters: [otlp]}}}
                    """.formatted(backend.port(), token);
            ParseOutcome.Valid valid = (ParseOutcome.Valid) ConfigParser.parse(config, Environment.of(Map.of()));
            assertThat(engine.apply(valid.config())).isEqualTo(new ApplyOutcome.Applied(List.of()));
            String address = engine.endpoints().values().iterator().next().get("http");
            assertThat(post(address)).isEqualTo(200);
            Files.writeString(token, "second");
            // The file is looked at once a second.
            for (int i = 0; i < 100 && !tokens(backend).contains("Bearer second"); i++) {
                Thread.sleep(100);
                assertThat(post(address)).isEqualTo(200);
            }
            assertThat(tokens(backend)).startsWith("Bearer one").endsWith("Bearer second");
            assertThat(tokens(backend)).containsOnly("Bearer one", "Bearer second");
            assertThat(backend.requests)
                    .allSatisfy(headers -> assertThat(headers).containsEntry("x-fixed", "stays"));
        }
    }

    private static List<String> tokens(ScriptedGrpc backend) {
        return backend.requests.stream()
                .map(headers -> headers.get("authorization"))
                .toList();
    }

    private static int post(String address) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://" + address + "/v1/traces"))
                                    .header("Content-Type", "application/x-protobuf")
                                    .POST(BodyPublishers.ofByteArray(
                                            Requests.spans(1).toByteArray()))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
