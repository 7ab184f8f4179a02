package io.lightvessel.gateway.otlp;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.grpc.GrpcStatus;
import io.lightvessel.gateway.grpc.RpcStatus;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.testing.Backend;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedGrpc;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpGrpcExporterTest {
    private final Transport transport = new Transport(1);
    private final byte[] spans = Requests.spans(50).toByteArray();
    private Exporter exporter;

    private Exporter exporter(int port, String more) throws ComponentFailure {
        TestContext context = new TestContext("otlp", 1 << 20);
        exporter = new OtlpGrpcExporterFactory(transport)
                .prepare(
                        context,
                        TestContext.settings(
                                "exporters",
                                "otlp",
                                "otlp: {endpoint: \"127.0.0.1:" + port + "\", tls: {insecure: true}" + more + "}"),
                        null)
                .component();
        return exporter;
    }

    @AfterEach
    void stop() {
        if (exporter != null) {
            exporter.stop(Duration.ofMillis(200));
        }
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd", "none"})
    void deliversByteForByte(String compression) throws Exception {
        try (Backend backend = new Backend()) {
            exporter(backend.grpcPort(), ", compression: " + compression);
            byte[] logs = Requests.logs(300, 30_000).toByteArray();
            assertThat(export(exporter, Signal.LOGS, logs)).isEqualTo("delivered");
            assertThat(backend.context.next().bytes()).isEqualTo(logs);
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("delivered");
            assertThat(backend.context.next().bytes()).isEqualTo(spans);
        }
    }

    @Test
    void statusesAreRetryableExactlyAsTheSpecificationSays() throws Exception {
        String retryInfo = Base64.getEncoder()
                .encodeToString(RpcStatus.protobuf(GrpcStatus.UNAVAILABLE, "x", Duration.ofMillis(2500)));
        try (ScriptedGrpc backend = new ScriptedGrpc()) {
            exporter(backend.port(), ", headers: {X-Tenant: a}");
            for (GrpcStatus status : GrpcStatus.values()) {
                if (status == GrpcStatus.OK) {
                    continue;
                }
                backend.status(status.code(), "f%C3%BCr 100%25", "");
                boolean retryable = switch (status) {
                    case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS -> true;
                    default -> false;
                };
                assertThat(export(exporter, Signal.TRACES, spans))
                        .isEqualTo((retryable ? "retryable" : "permanent") + ": " + status + ": für 100%");
            }
            backend.status(8, "", retryInfo);
            assertThat(export(exporter, Signal.TRACES, spans))
                    .isEqualTo("retryable after PT2.5S: RESOURCE_EXHAUSTED: ");
            backend.status(14, "", retryInfo.replace("=", ""));
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("retryable after PT2.5S: UNAVAILABLE: ");
            backend.status(14, "", "?garbage?");
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("retryable: UNAVAILABLE: ");
            assertThat(backend.connections).hasValue(1);
            assertThat(backend.requests.getFirst())
                    .containsEntry(":path", "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
                    .containsEntry("te", "trailers")
                    .containsEntry("content-type", "application/grpc")
                    .containsEntry("grpc-encoding", "gzip")
                    .containsEntry("grpc-timeout", "5000m")
                    .containsEntry("user-agent", "lightvessel-test/1")
                    .containsEntry("x-tenant", "a");
        }
    }

    @Test
    void rejectedRecordsOfAPartialSuccessAreReported() throws Exception {
        try (ScriptedGrpc backend = new ScriptedGrpc()) {
            exporter(backend.port(), "");
            backend.message(response(7, "too old"));
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("rejected 7: too old");
            backend.message(response(0, "please upgrade"));
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("delivered");
            backend.message(new byte[] {1, 2, 3});
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("delivered");
        }
    }

    private static byte[] response(long rejected, String message) {
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(rejected)
                        .setErrorMessage(message))
                .build()
                .toByteArray();
    }

    @Test
    void faultsOfTheConnectionAreRetryableAndItIsMadeAnew() throws Exception {
        try (ScriptedGrpc backend = new ScriptedGrpc()) {
            exporter(backend.port(), ", timeout: 500ms");
            backend.fault("reset");
            assertThat(export(exporter, Signal.TRACES, spans)).startsWith("retryable: UNAVAILABLE: the server reset");
            backend.fault("close");
            assertThat(export(exporter, Signal.TRACES, spans)).startsWith("retryable: UNAVAILABLE: ");
            backend.fault("goaway");
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("delivered");
            backend.fault("503");
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("retryable: UNAVAILABLE: HTTP status 503");
            backend.fault("404");
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("permanent: UNIMPLEMENTED: HTTP status 404");
            backend.fault("silence");
            assertThat(export(exporter, Signal.TRACES, spans))
                    .isEqualTo("retryable: DEADLINE_EXCEEDED: no answer within 500 ms");
            backend.message(new byte[0]);
            assertThat(export(exporter, Signal.TRACES, spans)).isEqualTo("delivered");
            assertThat(backend.connections.get()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void backendThatComesLateGetsEverything() throws Exception {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = probe.getLocalPort();
        }
        exporter(port, "");
        assertThat(export(exporter, Signal.TRACES, spans))
                .startsWith("retryable: UNAVAILABLE: cannot connect to 127.0.0.1:" + port + ": ");
        try (Backend backend = new Backend(port, 0)) {
            String outcome = export(exporter, Signal.TRACES, spans);
            for (int i = 0; i < 200 && !outcome.equals("delivered"); i++) {
                assertThat(outcome).startsWith("retryable");
                Thread.sleep(50);
                outcome = export(exporter, Signal.TRACES, spans);
            }
            assertThat(outcome).isEqualTo("delivered");
        }
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> exporter(1, ", headers: {Te: secret}"))
                .hasMessage("exporter otlp: headers::Te: set by the exporter itself (expected: another header)");
        assertThatThrownBy(() -> exporter(1, ", headers: {\"a b\": secret}"))
                .hasMessage("exporter otlp: headers::a b: not a header that can be set");
    }
}
