package io.lightvessel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.otlp.json.JsonRenderer;
import io.lightvessel.gateway.prometheus.RemoteWriteExporterFactory;
import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.RecordedDelivery;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.ScriptedHttp;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The walk looks no deeper than records: whatever is damaged below must be refused by who reads it, not crash it. */
class MutatedBytesTest {
    private static byte[] metrics() {
        var cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        return Requests.metrics(
                        Requests.resource("service.name", "a", "service.instance.id", "b", "c", "d"),
                        Metric.newBuilder()
                                .setName("g")
                                .setUnit("s")
                                .setGauge(Gauge.newBuilder()
                                        .addDataPoints(NumberDataPoint.newBuilder()
                                                .setTimeUnixNano(1_000_000)
                                                .setAsDouble(1)
                                                .addAttributes(Requests.attribute("k", "v"))))
                                .build(),
                        Metric.newBuilder()
                                .setName("h")
                                .setHistogram(Histogram.newBuilder()
                                        .setAggregationTemporality(cumulative)
                                        .addDataPoints(HistogramDataPoint.newBuilder()
                                                .setTimeUnixNano(1_000_000)
                                                .addAllExplicitBounds(List.of(1.0, 2.0))
                                                .addAllBucketCounts(List.of(1L, 2L, 3L))))
                                .build(),
                        Metric.newBuilder()
                                .setName("e")
                                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                                        .setAggregationTemporality(cumulative)
                                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                                .setTimeUnixNano(1_000_000)
                                                .setScale(10)
                                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                                        .setOffset(-3)
                                                        .addAllBucketCounts(List.of(1L, 0L, 5L)))))
                                .build())
                .toByteArray();
    }

    @Test
    void remoteWriteRefusesOrConvertsButNeverFails() throws Exception {
        Random random = new Random(3);
        byte[] whole = metrics();
        int walked = 0;
        try (ScriptedHttp backend = new ScriptedHttp()) {
            Exporter exporter = new RemoteWriteExporterFactory(Loops.SHARED)
                    .prepare(
                            new TestContext("prometheusremotewrite", 1 << 20),
                            TestContext.settings(
                                    "exporters",
                                    "prometheusremotewrite",
                                    "prometheusremotewrite: {endpoint: \"" + backend.url() + "\"}"),
                            null)
                    .component();
            for (int i = 0; i < 3000; i++) {
                byte[] bytes = whole.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                Payload payload;
                try {
                    payload = Payload.walk(Signal.METRICS, Unpooled.wrappedBuffer(bytes));
                } catch (MalformedPayload e) {
                    continue;
                }
                walked++;
                try {
                    JsonRenderer.render(Signal.METRICS, payload.bytes(), 10_000);
                } catch (MalformedPayload e) {
                    assertThat(e).hasMessageMatching("(?s).+");
                }
                assertThat(RecordedDelivery.export(exporter, payload)).doesNotContain("Exception");
            }
            exporter.stop(Duration.ZERO);
        }
        assertThat(walked).isGreaterThan(500);
    }
}
