package io.lightvessel.gateway.otlp;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.gateway.grpc.RpcStatus;
import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpHttpExporterTest {
    private final byte[] logs = Requests.logs(20, 20).toByteArray();
    private Exporter exporter;

    private Exporter exporter(String keys) throws ComponentFailure {
        exporter = new OtlpHttpExporterFactory(Loops.SHARED)
                .prepare(
                        new TestContext("otlphttp", 1 << 20),
                        TestContext.settings("exporters", "otlphttp", "otlphttp: {" + keys + "}"),
                        null)
                .component();
        return exporter;
    }

    @AfterEach
    void stop() {
        if (exporter != null) {
            exporter.stop(Duration.ZERO);
        }
    }

    @Test
    void sendsEachSignalToItsPath() throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "/otlp/\", traces_endpoint: \"" + backend.url()
                    + "/elsewhere\", headers: {X-Scope-OrgID: a}");
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("delivered");
            assertThat(export(exporter, Signal.TRACES, Requests.spans(1).toByteArray()))
                    .isEqualTo("delivered");
            ScriptedHttp.Request first = backend.requests.getFirst();
            assertThat(first.path()).isEqualTo("/otlp/v1/logs");
            assertThat(first.headers())
                    .containsEntry("Content-Type", "application/x-protobuf")
                    .containsEntry("Content-Encoding", "gzip")
                    .containsEntry("User-Agent", "lightvessel-test/1")
                    .containsEntry("X-Scope-OrgID", "a");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(first.body())).readAllBytes())
                    .isEqualTo(logs);
            assertThat(backend.requests.get(1).path()).isEqualTo("/elsewhere");
        }
    }

    @Test
    void sendsPlainWhenToldTo() throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "\", compression: none");
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("delivered");
            assertThat(backend.requests.getFirst().body()).isEqualTo(logs);
            assertThat(backend.requests.getFirst().headers()).doesNotContainKey("Content-Encoding");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "deflate"})
    void packsWithZlibWhenToldTo(String compression) throws Exception {
        byte[] many = Requests.logs(3000, 200).toByteArray();
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "\", compression: " + compression);
            assertThat(export(exporter, Signal.LOGS, many)).isEqualTo("delivered");
            ScriptedHttp.Request request = backend.requests.getFirst();
            assertThat(request.headers()).containsEntry("Content-Encoding", compression);
            assertThat(request.body()).hasSizeLessThan(many.length / 2);
            assertThat(new InflaterInputStream(new ByteArrayInputStream(request.body())).readAllBytes())
                    .isEqualTo(many);
        }
    }

    @Test
    void goesThroughTheProxyItIsTold() throws Exception {
        try (ScriptedHttp proxy = new ScriptedHttp()) {
            exporter("endpoint: \"http://backend.invalid:4318\", proxy_url: \"" + proxy.url() + "\"");
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("delivered");
            assertThat(proxy.requests.getFirst().headers()).containsEntry("Host", "backend.invalid:4318");
        }
    }

    @Test
    void aProxyWithTlsIsRefused() {
        assertThatThrownBy(() -> exporter("endpoint: \"http://backend\", proxy_url: \"https://proxy\""))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageContaining("proxy_url: a proxy with TLS (expected: http:// and a host)");
    }

    @Test
    void keepsNoConnectionWhenToldSo() throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "\", disable_keep_alives: true");
            for (int i = 0; i < 3; i++) {
                assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("delivered");
            }
            assertThat(backend.clients).doesNotHaveDuplicates().hasSize(3);
        }
    }

    @Test
    void packsWithZstdWhenToldTo() throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "\", compression: zstd");
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("delivered");
            assertThat(backend.requests.getFirst().headers()).containsEntry("Content-Encoding", "zstd");
            assertThat(com.github.luben.zstd.Zstd.decompress(
                            backend.requests.getFirst().body(), logs.length))
                    .isEqualTo(logs);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 413, 429, 500, 501, 502, 503, 504})
    void onlyFourStatusesAreRetryable(int status) throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "\"");
            backend.answer(status, Map.of(), "no\nway".getBytes());
            boolean retryable = status == 429 || status == 502 || status == 503 || status == 504;
            assertThat(export(exporter, Signal.LOGS, logs))
                    .isEqualTo((retryable ? "retryable" : "permanent") + ": HTTP status " + status + ": no way");
        }
    }

    @Test
    void retryAfterIsSecondsOrADate() throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "\"");
            backend.answer(
                    503,
                    Map.of("Retry-After", "7", "Content-Type", "application/x-protobuf"),
                    RpcStatus.protobuf(GrpcStatus.UNAVAILABLE, "later", null));
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("retryable after PT7S: HTTP status 503: later");
            backend.answer(503, Map.of("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"), new byte[0]);
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("retryable after PT0S: HTTP status 503");
            backend.answer(503, Map.of("Retry-After", "soon"), new byte[0]);
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("retryable: HTTP status 503");
        }
    }

    @Test
    void partialSuccessesAreReported() throws Exception {
        try (ScriptedHttp backend = new ScriptedHttp()) {
            exporter("endpoint: \"" + backend.url() + "\"");
            byte[] partial = ExportLogsServiceResponse.newBuilder()
                    .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                            .setRejectedLogRecords(3)
                            .setErrorMessage("too long"))
                    .build()
                    .toByteArray();
            backend.answer(200, Map.of("Content-Type", "application/x-protobuf"), partial);
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("rejected 3: too long");
        }
    }

    @Test
    void backendsThatAreAwayOrSilentAreTriedAgain() throws Exception {
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        exporter("endpoint: \"http://127.0.0.1:" + port + "\"");
        assertThat(export(exporter, Signal.LOGS, logs)).startsWith("retryable: ");
        exporter.stop(Duration.ZERO);
        try (ServerSocket silent = new ServerSocket(0)) {
            exporter("timeout: 300ms, endpoint: \"http://127.0.0.1:" + silent.getLocalPort() + "\"");
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("retryable: no answer within 300 ms");
        }
        exporter.stop(Duration.ZERO);
        try (ServerSocket stalling = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try {
                    stalling.accept()
                            .getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx".getBytes());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            exporter("timeout: 300ms, endpoint: \"http://127.0.0.1:" + stalling.getLocalPort() + "\"");
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("retryable: no answer within 300 ms");
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> exporter("endpoint: \"http://h\", headers: {content-type: x}"))
                .hasMessageStartingWith("exporter otlphttp: headers::content-type: set by the exporter itself");
    }
}
