package io.lightvessel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.RealPrometheus;
import io.lightvessel.gateway.testing.RealPrometheus.Sample;
import io.lightvessel.gateway.testing.Requests;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a metric: OpenTelemetry SDK, receiver, batch, remote write, and a query to a real Prometheus. */
class RemoteWriteIT {
    @TempDir
    static Path directory;

    private static RealPrometheus prometheus;
    private static Engines engines;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = RealPrometheus.program();
        assumeTrue(program.isPresent(), "Prometheus is not installed (Debian: apt-get install prometheus)");
        prometheus = RealPrometheus.start(program.get(), directory);
        engines = new Engines("""
                receivers:
                  otlp: {protocols: {grpc: {endpoint: "127.0.0.1:0"}}}
                processors:
                  batch: {timeout: 50ms}
                exporters:
                  prometheusremotewrite: {endpoint: "%s", external_labels: {cluster: demo}}
                service:
                  pipelines:
                    metrics: {receivers: [otlp], processors: [batch], exporters: [prometheusremotewrite]}
                """.formatted(prometheus.writeUrl()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (engines != null) {
            engines.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void metricsOfTheSdkAreQueriedFromPrometheus() throws Exception {
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(io.opentelemetry.sdk.resources.Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"), "cart",
                        AttributeKey.stringKey("service.namespace"), "shop",
                        AttributeKey.stringKey("service.instance.id"), "i-1",
                        AttributeKey.stringKey("deployment.environment"), "test")))
                .registerView(
                        InstrumentSelector.builder().setName("native.latency").build(),
                        View.builder()
                                .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                                .build())
                .registerMetricReader(PeriodicMetricReader.create(OtlpGrpcMetricExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + engines.port("grpc"))
                        .setCompression("gzip")
                        .build()))
                .build()) {
            Meter meter = provider.get("io.shop");
            Attributes eu = Attributes.of(AttributeKey.stringKey("cart.region"), "eu");
            meter.counterBuilder("orders").build().add(5, eu);
            meter.upDownCounterBuilder("open.carts").build().add(-2);
            meter.gaugeBuilder("heap.used").setUnit("By").build().set(1024);
            var latency = meter.histogramBuilder("http.server.request.duration")
                    .setUnit("s")
                    .setExplicitBucketBoundariesAdvice(List.of(0.1, 1.0))
                    .build();
            latency.record(0.05);
            latency.record(0.5);
            latency.record(5);
            var nativeLatency = meter.histogramBuilder("native.latency").build();
            nativeLatency.record(1);
            nativeLatency.record(100);
            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();

            Sample orders = only("orders_total");
            assertThat(orders.value()).isEqualTo("\"5\"");
            assertThat(orders.labels())
                    .isEqualTo(Map.of(
                            "__name__", "orders_total",
                            "job", "shop/cart",
                            "instance", "i-1",
                            "cluster", "demo",
                            "cart_region", "eu",
                            "otel_scope_name", "io.shop"));
            assertThat(only("open_carts").value()).isEqualTo("\"-2\"");
            assertThat(only("heap_used_bytes").value()).isEqualTo("\"1024\"");
            assertThat(only("http_server_request_duration_seconds_count").value())
                    .isEqualTo("\"3\"");
            assertThat(only("http_server_request_duration_seconds_sum").value()).isEqualTo("\"5.55\"");
            assertThat(only("http_server_request_duration_seconds_bucket{le=\"0.1\"}")
                            .value())
                    .isEqualTo("\"1\"");
            assertThat(only("http_server_request_duration_seconds_bucket{le=\"1\"}")
                            .value())
                    .isEqualTo("\"2\"");
            assertThat(only("http_server_request_duration_seconds_bucket{le=\"+Inf\"}")
                            .value())
                    .isEqualTo("\"3\"");
            assertThat(only("histogram_count(native_latency)").value()).isEqualTo("\"2\"");
            assertThat(only("histogram_sum(native_latency)").value()).isEqualTo("\"101\"");
            assertThat(only("target_info").labels()).containsEntry("deployment_environment", "test");
        }
    }

    private static Sample only(String query) throws Exception {
        List<Sample> samples = prometheus.await(query);
        assertThat(samples).as(query).hasSize(1);
        return samples.getFirst();
    }

    @Test
    void nativeHistogramsKeepTheirBuckets() throws Exception {
        long now = System.currentTimeMillis();
        Metric metric = Metric.newBuilder()
                .setName("spread")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setTimeUnixNano(now * 1_000_000)
                                .setScale(0)
                                .setCount(12)
                                .setSum(100)
                                .setZeroCount(2)
                                // Buckets (1,2], (4,8] and, after a long gap, (256,512].
                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .setOffset(0)
                                        .addAllBucketCounts(List.of(1L, 0L, 3L, 0L, 0L, 0L, 0L, 0L, 4L)))
                                .setNegative(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .setOffset(1)
                                        .addBucketCounts(2))))
                .build();
        send(metric);
        assertThat(only("histogram_count(spread)").value()).isEqualTo("\"12\"");
        assertThat(prometheus.query("spread").getFirst().value())
                .contains("[0,\"1\",\"2\",\"1\"]", "[0,\"4\",\"8\",\"3\"]", "[0,\"256\",\"512\",\"4\"]")
                .contains("[1,\"-4\",\"-2\",\"2\"]");
    }

    @Test
    void stalenessMarkersEndASeries() throws Exception {
        long now = System.currentTimeMillis();
        send(gauge("passing", now - 2000, 0));
        assertThat(prometheus.await("passing @ " + (now - 1500) / 1000.0)).hasSize(1);
        send(gauge("passing", now - 1000, 1));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!prometheus.query("passing").isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(prometheus.query("passing")).isEmpty();
        assertThat(prometheus.query("passing @ " + (now - 1500) / 1000.0)).hasSize(1);
    }

    private static Metric gauge(String name, long millis, int flags) {
        return Metric.newBuilder()
                .setName(name)
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setTimeUnixNano(millis * 1_000_000)
                                .setAsDouble(1)
                                .setFlags(flags)))
                .build();
    }

    private static void send(Metric metric) throws Exception {
        Resource resource = Requests.resource("service.name", "wire");
        try (RawGrpc client = new RawGrpc(engines.port("grpc"))) {
            assertThat(client.call(
                                    RawGrpc.METRICS,
                                    Requests.metrics(resource, metric).toByteArray())
                            .status())
                    .isEqualTo("0");
        }
    }
}
