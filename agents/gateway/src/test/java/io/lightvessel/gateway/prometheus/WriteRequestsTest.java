package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.testing.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Requests;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteRequestsTest {
    private static final long T = 1_700_000_000_000L;
    private static final Resource SHOP =
            Requests.resource("service.name", "cart", "service.namespace", "shop", "service.instance.id", "i-1");
    private static final String ID = "instance=\"i-1\",job=\"shop/cart\"";
    private static final PrwOptions PLAIN = options(Map.of(), "", false, true);

    private Map<Unconvertible, Long> dropped;

    private static PrwOptions options(
            Map<String, String> external, String namespace, boolean resourceAttributes, boolean targetInfo) {
        return new PrwOptions(
                external, namespace, resourceAttributes, false, targetInfo, true, new Naming(true, true), false);
    }

    private List<String> series(PrwOptions options, Resource resource, Metric... metrics) throws Exception {
        return series(new WriteRequests(options, 3_000_000), Requests.metrics(resource, metrics));
    }

    private List<String> series(WriteRequests requests, ExportMetricsServiceRequest request) throws Exception {
        WriteRequests.Parts parts = requests.of(Unpooled.wrappedBuffer(request.toByteArray()), Protocol.V1);
        dropped = parts.dropped();
        List<String> lines = new ArrayList<>();
        for (WriteRequests.Part part : parts.parts()) {
            lines.addAll(Written.lines(part.body()));
        }
        return lines;
    }

    private static NumberDataPoint.Builder point(long millis, double value, KeyValue... attributes) {
        return NumberDataPoint.newBuilder()
                .setTimeUnixNano(millis * 1_000_000)
                .setAsDouble(value)
                .addAllAttributes(List.of(attributes));
    }

    private static Metric gauge(String name, NumberDataPoint.Builder... points) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (NumberDataPoint.Builder point : points) {
            gauge.addDataPoints(point);
        }
        return Metric.newBuilder().setName(name).setGauge(gauge).build();
    }

    private static Metric sum(String name, boolean monotonic, AggregationTemporality temporality) {
        return Metric.newBuilder()
                .setName(name)
                .setSum(Sum.newBuilder()
                        .setIsMonotonic(monotonic)
                        .setAggregationTemporality(temporality)
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setTimeUnixNano(T * 1_000_000)
                                .setAsInt(7)))
                .build();
    }

    @Test
    void numbersBecomeOneSampleEach() throws Exception {
        assertThat(series(
                        PLAIN,
                        SHOP,
                        gauge("queue.size", point(T, 2.5, attribute("b", "2"), attribute("a", "1"))),
                        sum("orders", true, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE),
                        sum("open", false, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)))
                .containsExactly(
                        "queue_size{a=\"1\",b=\"2\"," + ID + "} 2.5@" + T,
                        "orders_total{" + ID + "} 7.0@" + T,
                        "open{" + ID + "} 7.0@" + T);
        assertThat(dropped).isEmpty();
    }

    @Test
    void histogramsBecomeCumulativeBuckets() throws Exception {
        Metric metric = Metric.newBuilder()
                .setName("http.server.request.duration")
                .setUnit("s")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(T * 1_000_000)
                                .setCount(6)
                                .setSum(1.5)
                                .addAllExplicitBounds(List.of(0.005, 1.0, 10000000.0))
                                .addAllBucketCounts(List.of(1L, 2L, 0L, 3L))))
                .build();
        String name = "http_server_request_duration_seconds";
        assertThat(series(PLAIN, SHOP, metric))
                .containsExactly(
                        name + "_sum{" + ID + "} 1.5@" + T,
                        name + "_count{" + ID + "} 6.0@" + T,
                        name + "_bucket{" + ID + ",le=\"0.005\"} 1.0@" + T,
                        name + "_bucket{" + ID + ",le=\"1\"} 3.0@" + T,
                        name + "_bucket{" + ID + ",le=\"10000000\"} 3.0@" + T,
                        name + "_bucket{" + ID + ",le=\"+Inf\"} 6.0@" + T);
    }

    @Test
    void summariesBecomeQuantiles() throws Exception {
        Metric metric = Metric.newBuilder()
                .setName("gc")
                .setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder()
                                .setTimeUnixNano(T * 1_000_000)
                                .setCount(3)
                                .setSum(9)
                                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                        .setQuantile(0.99)
                                        .setValue(4.5))))
                .build();
        assertThat(series(PLAIN, SHOP, metric))
                .containsExactly(
                        "gc_sum{" + ID + "} 9.0@" + T,
                        "gc_count{" + ID + "} 3.0@" + T,
                        "gc{" + ID + ",quantile=\"0.99\"} 4.5@" + T);
    }

    @Test
    void exponentialHistogramsBecomeNativeOnes() throws Exception {
        assertThat(series(PLAIN, SHOP, exponential(3)))
                .containsExactly("latency{" + ID + "} histogram[1, 3, 4, 5, 6, 11, 12, 15]");
        assertThat(series(PLAIN, SHOP, exponential(-5))).isEmpty();
        assertThat(dropped).containsExactly(Map.entry(Unconvertible.SCALE_TOO_COARSE, 1L));
    }

    static Metric exponential(int scale) {
        return Metric.newBuilder()
                .setName("latency")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setTimeUnixNano(T * 1_000_000)
                                .setScale(scale)
                                .setCount(10)
                                .setSum(20)
                                .setZeroCount(1)
                                .setPositive(Buckets.newBuilder()
                                        .setOffset(-2)
                                        .addAllBucketCounts(List.of(1L, 0L, 2L, 0L, 0L, 0L, 0L, 6L)))))
                .build();
    }

    @Test
    void whatHasNoFormIsCountedByReason() throws Exception {
        assertThat(series(
                        PLAIN,
                        SHOP,
                        sum("delta", true, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA),
                        sum("unknown", true, AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED),
                        gauge("", point(T, 1)),
                        gauge("timeless", point(0, 1)),
                        gauge("void", NumberDataPoint.newBuilder().setTimeUnixNano(5_000_000)),
                        gauge("good", point(T, 1))))
                .containsExactly("good{" + ID + "} 1.0@" + T);
        assertThat(dropped)
                .isEqualTo(Map.of(
                        Unconvertible.DELTA_TEMPORALITY, 1L,
                        Unconvertible.UNKNOWN_TEMPORALITY, 1L,
                        Unconvertible.NO_NAME, 1L,
                        Unconvertible.NO_TIMESTAMP, 1L,
                        Unconvertible.NO_VALUE, 1L));
    }

    @Test
    void pointsWithoutARecordedValueBecomeStalenessMarkers() throws Exception {
        assertThat(series(
                        PLAIN,
                        SHOP,
                        gauge(
                                "gone",
                                NumberDataPoint.newBuilder()
                                        .setTimeUnixNano(T * 1_000_000)
                                        .setFlags(1))))
                .containsExactly("gone{" + ID + "} stale@" + T);
    }

    @Test
    void labelsAreCleanedAndCollisionsResolved() throws Exception {
        assertThat(series(
                        options(Map.of("region", "eu", "b", "external"), "", false, true),
                        SHOP,
                        gauge(
                                "m",
                                point(
                                        T,
                                        1,
                                        attribute("http.route", "/x"),
                                        attribute("http_route", "/y"),
                                        attribute("job", "mine"),
                                        attribute("b", "own"),
                                        attribute("1st", "d"),
                                        attribute("_u", "u"),
                                        attribute("ü.x", "z"),
                                        attribute("empty", ""),
                                        attribute("", "nameless"),
                                        attribute("__name__", "evil")))))
                .containsExactly("m{__x=\"z\",b=\"own\",http_route=\"/x;/y\"," + ID
                        + ",key_1st=\"d\",key_u=\"u\",region=\"eu\"} 1.0@" + T);
    }

    @Test
    void attributeValuesOfOtherTypesBecomeText() throws Exception {
        KeyValue number = KeyValue.newBuilder()
                .setKey("n")
                .setValue(AnyValue.newBuilder().setIntValue(-5))
                .build();
        KeyValue decimal = KeyValue.newBuilder()
                .setKey("d")
                .setValue(AnyValue.newBuilder().setDoubleValue(1.50))
                .build();
        KeyValue flag = KeyValue.newBuilder()
                .setKey("f")
                .setValue(AnyValue.newBuilder().setBoolValue(true))
                .build();
        KeyValue list = KeyValue.newBuilder()
                .setKey("l")
                .setValue(AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setStringValue("a\"b"))
                                .addValues(AnyValue.newBuilder().setIntValue(2))
                                .addValues(AnyValue.getDefaultInstance())))
                .build();
        assertThat(series(PLAIN, SHOP, gauge("m", point(T, 1, number, decimal, flag, list))))
                .containsExactly("m{d=\"1.5\",f=\"true\"," + ID + ",l=\"[\"a\\\"b\",2,null]\",n=\"-5\"} 1.0@" + T);
    }

    @Test
    void resourcesAreDescribedByTargetInfo() throws Exception {
        Resource resource = SHOP.toBuilder()
                .addAttributes(attribute("deployment.environment", "prod"))
                .build();
        assertThat(series(PLAIN, resource, gauge("m", point(T, 1), point(T + 5, 2, attribute("a", "b")))))
                .containsExactly(
                        "m{" + ID + "} 1.0@" + T,
                        "m{a=\"b\"," + ID + "} 2.0@" + (T + 5),
                        "target_info{deployment_environment=\"prod\"," + ID + "} 1.0@" + (T + 5));
        assertThat(series(options(Map.of(), "ns", true, false), resource, gauge("m", point(T, 1))))
                .containsExactly("ns_m{deployment_environment=\"prod\"," + ID
                        + ",service_instance_id=\"i-1\",service_name=\"cart\",service_namespace=\"shop\"} 1.0@" + T);
        assertThat(series(PLAIN, Requests.resource("a", "b"), gauge("m", point(T, 1))))
                .containsExactly("m{} 1.0@" + T);
    }

    @Test
    void samplesOfOneSeriesAreGatheredInTheOrderOfTime() throws Exception {
        assertThat(series(
                        PLAIN,
                        SHOP,
                        gauge("m", point(T + 3, 3), point(T + 1, 1)),
                        gauge("m", point(T + 2, 2), point(T + 3, 4), point(T + 4, 5))))
                .containsExactly(
                        "m{" + ID + "} 1.0@" + (T + 1) + " 2.0@" + (T + 2) + " 4.0@" + (T + 3) + " 5.0@" + (T + 4));
    }

    @Test
    void scopesAreToldApart() throws Exception {
        ExportMetricsServiceRequest.Builder request = Requests.metrics(SHOP, gauge("m", point(T, 1))).toBuilder();
        request.getResourceMetricsBuilder(0)
                .getScopeMetricsBuilder(0)
                .getScopeBuilder()
                .setName("lib")
                .setVersion("2");
        assertThat(series(new WriteRequests(PLAIN, 3_000_000), request.build()))
                .containsExactly("m{" + ID + ",otel_scope_name=\"lib\",otel_scope_version=\"2\"} 1.0@" + T);
    }

    @Test
    void largeRequestsAreSplitAndEverySeriesIsSentOnce() throws Exception {
        NumberDataPoint.Builder[] points = new NumberDataPoint.Builder[5000];
        for (int i = 0; i < points.length; i++) {
            points[i] = point(T, i, attribute("n", "number " + i));
        }
        WriteRequests small = new WriteRequests(PLAIN, 20_000);
        ExportMetricsServiceRequest request = Requests.metrics(SHOP, gauge("m", points));
        assertThat(small.of(Unpooled.wrappedBuffer(request.toByteArray()), Protocol.V1)
                        .parts())
                .hasSizeGreaterThan(10);
        assertThat(series(small, request)).hasSize(5000).doesNotHaveDuplicates();
    }
}
