package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remote write 1.0. */
class RemoteWriteExporterTest {
    private ScriptedHttp backend;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        backend = new ScriptedHttp();
        exporter = exporter("");
    }

    @AfterEach
    void stop() {
        exporter.stop(Duration.ZERO);
        backend.close();
    }

    private Exporter exporter(String more) throws ComponentFailure {
        return new RemoteWriteExporterFactory(Loops.SHARED)
                .prepare(
                        new TestContext("prometheusremotewrite", 1 << 20),
                        TestContext.settings(
                                "exporters",
                                "prometheusremotewrite",
                                "prometheusremotewrite: {endpoint: \"" + backend.url()
                                        + "/api/v1/push\", protobuf_message: prometheus.WriteRequest" + more + "}"),
                        null)
                .component();
    }

    private static byte[] gauges(int count) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (int i = 0; i < count; i++) {
            gauge.addDataPoints(NumberDataPoint.newBuilder()
                    .setTimeUnixNano(1_000_000_000L)
                    .setAsInt(i)
                    .addAttributes(Requests.attribute("n", "number " + i)));
        }
        return Requests.metrics(
                        Requests.resource("service.name", "a"),
                        Metric.newBuilder().setName("m").setGauge(gauge).build())
                .toByteArray();
    }

    @Test
    void headersAreThoseOfTheSpecification() throws Exception {
        assertThat(export(exporter, Signal.METRICS, gauges(1))).isEqualTo("delivered");
        ScriptedHttp.Request request = backend.requests.getFirst();
        assertThat(request.path()).isEqualTo("/api/v1/push");
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/x-protobuf")
                .containsEntry("Content-Encoding", "snappy")
                .containsEntry("X-Prometheus-Remote-Write-Version", "0.1.0")
                .containsEntry("User-Agent", "lightvessel-test/1");
        assertThat(Written.lines(request.body())).containsExactly("m{job=\"a\",n=\"number 0\"} 0.0@1000");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 400, 401, 404, 409, 413, 415, 429, 500, 501, 502, 503, 504})
    void serverErrorsAnd429AreRetryableAndNothingElse(int status) throws Exception {
        backend.answer(status, Map.of("Retry-After", "3"), new byte[0]);
        String expected = status == 204
                ? "delivered"
                : (status >= 500 || status == 429 ? "retryable after PT3S" : "permanent") + ": HTTP status " + status;
        assertThat(export(exporter, Signal.METRICS, gauges(1))).isEqualTo(expected);
    }

    @Test
    void retriesGoOnWhereTheLastAttemptEnded() throws Exception {
        exporter.stop(Duration.ZERO);
        exporter = exporter(", max_batch_size_bytes: 2000, max_batch_request_parallelism: 1");
        Payload payload = Payload.walk(Signal.METRICS, Unpooled.wrappedBuffer(gauges(100)));
        backend.answer(200, Map.of(), new byte[0]);
        backend.answer(500, Map.of(), new byte[0]);
        assertThat(export(exporter, payload.retain())).isEqualTo("retryable: HTTP status 500");
        assertThat(export(exporter, payload)).isEqualTo("delivered");
        assertThat(backend.requests.get(2).body())
                .isEqualTo(backend.requests.get(1).body());
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < backend.requests.size(); i++) {
            if (i != 1) {
                sent.addAll(Written.lines(backend.requests.get(i).body()));
            }
        }
        assertThat(sent).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeExpressedIsReportedWithItsReason() throws Exception {
        Metric delta = Metric.newBuilder()
                .setName("d")
                .setSum(Sum.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(1_000_000)))
                .build();
        byte[] request =
                Requests.metrics(Requests.resource("service.name", "a"), delta).toByteArray();
        assertThat(export(exporter, Signal.METRICS, request))
                .isEqualTo("permanent: not expressible in remote write: 1 data points with delta temporality");
        byte[] both = new byte[request.length + gauges(2).length];
        System.arraycopy(request, 0, both, 0, request.length);
        System.arraycopy(gauges(2), 0, both, request.length, both.length - request.length);
        assertThat(export(exporter, Signal.METRICS, both))
                .isEqualTo("rejected 1: not expressible in remote write: 1 data points with delta temporality");
        assertThat(backend.requests).hasSize(1);
    }
}
