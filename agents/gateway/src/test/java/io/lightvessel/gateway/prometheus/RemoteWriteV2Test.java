package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.testing.RecordedDelivery.export;
import static io.lightvessel.gateway.testing.Requests.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Loops;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remote write 2.0 against a receiver that checks every request; what it says MUST and SHOULD be are kept apart. */
class RemoteWriteV2Test {
    private static final long T = 1_700_000_000_000L;
    private static final long START = T - 60_000;
    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    private static final Resource SHOP = Requests.resource("service.name", "cart", "service.instance.id", "i-1");

    private StrictReceiver receiver;
    private Exporter exporter;

    @BeforeEach
    void start() throws Exception {
        receiver = new StrictReceiver();
        exporter = exporter("");
    }

    @AfterEach
    void everyRequestIsAsTheSpecificationDemands() {
        exporter.stop(Duration.ZERO);
        receiver.close();
        assertThat(receiver.must).as("MUST").isEmpty();
        assertThat(receiver.should).as("SHOULD").isEmpty();
    }

    private Exporter exporter(String more) throws ComponentFailure {
        return new RemoteWriteExporterFactory(Loops.SHARED)
                .prepare(
                        new TestContext("prometheusremotewrite", 1 << 20),
                        TestContext.settings(
                                "exporters",
                                "prometheusremotewrite",
                                "prometheusremotewrite: {endpoint: \"" + receiver.url() + "\"" + more + "}"),
                        null)
                .component();
    }

    private static byte[] metrics(Metric... metrics) {
        return Requests.metrics(SHOP, metrics).toByteArray();
    }

    private static Metric gauges(int count) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (int i = 0; i < count; i++) {
            gauge.addDataPoints(NumberDataPoint.newBuilder()
                    .setTimeUnixNano(T * 1_000_000)
                    .setAsInt(i)
                    .addAttributes(attribute("n", "number " + i)));
        }
        return Metric.newBuilder().setName("m").setGauge(gauge).build();
    }

    private static Exemplar exemplar(double value) {
        return Exemplar.newBuilder()
                .setAsDouble(value)
                .setTimeUnixNano((T - 5) * 1_000_000)
                .setTraceId(ByteString.fromHex("000102030405060708090a0b0c0d0e0f"))
                .setSpanId(ByteString.fromHex("f0f1f2f3f4f5f6f7"))
                .addFilteredAttributes(attribute("user.id", "u1"))
                .build();
    }

    private static final String IDS =
            "{span_id=\"f0f1f2f3f4f5f6f7\",trace_id=\"000102030405060708090a0b0c0d0e0f\",user_id=\"u1\"}";

    private static Metric counter() {
        return Metric.newBuilder()
                .setName("orders")
                .setDescription("Orders placed")
                .setSum(Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(CUMULATIVE)
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setStartTimeUnixNano(START * 1_000_000)
                                .setTimeUnixNano(T * 1_000_000)
                                .setAsInt(7)
                                .addExemplars(exemplar(1))))
                .build();
    }

    private static Metric histogram() {
        return Metric.newBuilder()
                .setName("latency")
                .setUnit("s")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(CUMULATIVE)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setStartTimeUnixNano(START * 1_000_000)
                                .setTimeUnixNano(T * 1_000_000)
                                .setCount(3)
                                .setSum(4)
                                .addExplicitBounds(1)
                                .addAllBucketCounts(List.of(2L, 1L))
                                .addExemplars(exemplar(0.5))
                                .addExemplars(exemplar(2))))
                .build();
    }

    private static Metric exponential() {
        return Metric.newBuilder()
                .setName("spread")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(CUMULATIVE)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setStartTimeUnixNano(START * 1_000_000)
                                .setTimeUnixNano(T * 1_000_000)
                                .setCount(4)
                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .addAllBucketCounts(List.of(1L, 3L)))
                                .addExemplars(exemplar(1.5))))
                .build();
    }

    @Test
    void everySeriesHasItsTypeHelpUnitStartAndExemplars() throws Exception {
        Metric summary = Metric.newBuilder()
                .setName("gc")
                .setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder()
                                .setStartTimeUnixNano(START * 1_000_000)
                                .setTimeUnixNano(T * 1_000_000)
                                .setCount(2)
                                .setSum(3)
                                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                        .setQuantile(0.5)
                                        .setValue(1))))
                .build();
        assertThat(export(exporter, Signal.METRICS, metrics(counter(), histogram(), exponential(), summary, gauges(1))))
                .isEqualTo("delivered");
        String id = "instance=\"i-1\",job=\"cart\"";
        String at = "@" + T + " since " + START;
        String seen = "@" + (T - 5);
        assertThat(receiver.lines())
                .containsExactly(
                        "orders_total{" + id + "} 7.0" + at + " # " + IDS + " 1.0" + seen + " [counter|Orders placed|]",
                        "latency_seconds_sum{" + id + "} 4.0" + at + " [histogram||seconds]",
                        "latency_seconds_count{" + id + "} 3.0" + at + " [histogram||seconds]",
                        "latency_seconds_bucket{" + id + ",le=\"1\"} 2.0" + at + " # " + IDS + " 0.5" + seen
                                + " [histogram||seconds]",
                        "latency_seconds_bucket{" + id + ",le=\"+Inf\"} 3.0" + at + " # " + IDS + " 2.0" + seen
                                + " [histogram||seconds]",
                        "spread{" + id + "} histogram 4" + at + " # " + IDS + " 1.5" + seen + " [histogram||]",
                        "gc_sum{" + id + "} 3.0" + at + " [summary||]",
                        "gc_count{" + id + "} 2.0" + at + " [summary||]",
                        "gc{" + id + ",quantile=\"0.5\"} 1.0" + at + " [summary||]",
                        "m{" + id + ",n=\"number 0\"} 0.0@" + T + " [gauge||]");
    }

    @Test
    void requestsAreSplitWithSymbolsOfTheirOwn() throws Exception {
        exporter.stop(Duration.ZERO);
        exporter = exporter(", max_batch_size_bytes: 4000");
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(2000)))).isEqualTo("delivered");
        assertThat(receiver.written).hasSizeGreaterThan(10);
        assertThat(receiver.lines()).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void samplesAndHistogramsOfOneSeriesAreKeptApart() throws Exception {
        Metric plain = gauges(1).toBuilder().setName("spread").build();
        Metric same = plain.toBuilder()
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setTimeUnixNano((T + 1) * 1_000_000)
                                .setAsInt(1)))
                .build();
        assertThat(export(exporter, Signal.METRICS, metrics(exponential(), same)))
                .isEqualTo("delivered");
        assertThat(receiver.lines()).hasSize(2).allMatch(line -> line.startsWith("spread{instance"));
        receiver.should.clear();
    }

    @Test
    void exemplarsWithTooMuchTextKeepTheirIds() throws Exception {
        Metric.Builder metric = counter().toBuilder();
        metric.getSumBuilder()
                .getDataPointsBuilder(0)
                .getExemplarsBuilder(0)
                .setTimeUnixNano(0)
                .addFilteredAttributes(attribute("long", "x".repeat(100)));
        assertThat(export(exporter, Signal.METRICS, metrics(metric.build()))).isEqualTo("delivered");
        assertThat(receiver.lines().getFirst())
                .contains(" # {span_id=\"f0f1f2f3f4f5f6f7\",trace_id=\"000102030405060708090a0b0c0d0e0f\"} 1.0@" + T);
    }

    @ParameterizedTest
    @ValueSource(ints = {415, 200, 204})
    void receiversThatDoNotKnowItGetVersion1AndAreRemembered(int status) throws Exception {
        receiver.answer(status, Map.of(), "");
        byte[] request = metrics(counter());
        assertThat(export(exporter, Signal.METRICS, request)).isEqualTo("delivered");
        assertThat(export(exporter, Signal.METRICS, request)).isEqualTo("delivered");
        assertThat(receiver.headers.stream().map(h -> h.get("X-prometheus-remote-write-version")))
                .containsExactly("2.0.0", "0.1.0", "0.1.0");
        assertThat(Written.lines(receiver.bodies.get(1)))
                .containsExactly("orders_total{instance=\"i-1\",job=\"cart\"} 7.0@" + T);
    }

    @Test
    void aCountedSuccessIsNoReasonToFallBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(export(exporter, Signal.METRICS, metrics(gauges(1)))).isEqualTo("delivered");
        }
        assertThat(receiver.written).hasSize(3);
    }

    @Test
    void whatWasNotWrittenIsRejected() throws Exception {
        receiver.answers.add(request -> StrictReceiver.counted(400, 7, 0, 0, "3 samples are too old"));
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(10))))
                .isEqualTo("rejected 3: 7 of 10 samples written, HTTP status 400: 3 samples are too old");
        receiver.answers.add(request -> StrictReceiver.counted(400, 0, 0, 0, "all too old"));
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(10))))
                .isEqualTo("permanent: 0 of 10 samples written, HTTP status 400: all too old");
        receiver.answers.add(request -> StrictReceiver.counted(200, 9, 0, 0, ""));
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(10))))
                .isEqualTo("rejected 1: 9 of 10 samples written, HTTP status 200");
    }

    @Test
    void aPointOfManySamplesIsRejectedWhenOneOfThemIs() throws Exception {
        receiver.answers.add(request -> StrictReceiver.counted(400, 3, 0, 2, "out of order"));
        assertThat(export(exporter, Signal.METRICS, metrics(histogram())))
                .isEqualTo("permanent: 3 of 4 samples written, HTTP status 400: out of order");
    }

    @Test
    void aRefusedRequestDoesNotTakeTheOthersAlong() throws Exception {
        exporter.stop(Duration.ZERO);
        exporter = exporter(", max_batch_size_bytes: 1500, max_batch_request_parallelism: 1");
        receiver.answers.add(StrictReceiver::all);
        receiver.answer(400, Map.of(), "no");
        String outcome = export(exporter, Signal.METRICS, metrics(gauges(100)));
        int refused = receiver.written.get(1).samples;
        assertThat(outcome).isEqualTo("rejected " + refused + ": HTTP status 400: no");
        assertThat(receiver.lines()).hasSize(100);
        receiver.answer(401, Map.of(), "who?");
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(100))))
                .isEqualTo("permanent: HTTP status 401: who?");
    }

    @Test
    void retriesSendOnlyWhatIsNotDone() throws Exception {
        exporter.stop(Duration.ZERO);
        exporter = exporter(", max_batch_size_bytes: 1500, max_batch_request_parallelism: 1");
        Payload payload = Payload.walk(Signal.METRICS, Unpooled.wrappedBuffer(metrics(gauges(100))));
        receiver.answers.add(request -> StrictReceiver.counted(400, request.samples - 1, 0, 0, "old"));
        receiver.answer(503, Map.of("Retry-After", "2"), "later");
        assertThat(export(exporter, payload.retain())).isEqualTo("retryable after PT2S: HTTP status 503: later");
        int before = receiver.written.size();
        assertThat(export(exporter, payload)).startsWith("rejected 1: ").endsWith("HTTP status 400: old");
        assertThat(receiver.bodies.get(before)).isEqualTo(receiver.bodies.get(before - 1));
        assertThat(receiver.lines().stream().distinct()).hasSize(100);
        assertThat(receiver.lines()).hasSize(100 + receiver.written.get(1).samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 413, 422, 301})
    void whatCannotSucceedIsNotRetried(int status) throws Exception {
        receiver.answer(status, Map.of(), "");
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(1)))).isEqualTo("permanent: HTTP status " + status);
        assertThat(receiver.bodies).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void whatMaySucceedLaterIsRetried(int status) throws Exception {
        receiver.answer(status, Map.of("Retry-After", "7"), "");
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(1))))
                .isEqualTo("retryable after PT7S: HTTP status " + status);
    }

    @Test
    void tooManyRequestsAreNotRetriedWhenTheUserSaysSo() throws Exception {
        exporter.stop(Duration.ZERO);
        exporter = exporter(", retry_on_http_429: false");
        receiver.answer(429, Map.of(), "slow down");
        assertThat(export(exporter, Signal.METRICS, metrics(gauges(1))))
                .isEqualTo("permanent: HTTP status 429: slow down");
    }

    @Test
    void namesCanStayAsTheyAre() throws Exception {
        exporter.stop(Duration.ZERO);
        exporter = exporter(", translation_strategy: NoTranslation");
        Metric metric = gauges(1).toBuilder().setName("http.server/größe").build();
        assertThat(export(exporter, Signal.METRICS, metrics(metric))).isEqualTo("delivered");
        assertThat(receiver.should).containsExactly("name: 'http.server/größe'");
        receiver.should.clear();
        exporter.stop(Duration.ZERO);
        exporter = exporter(", translation_strategy: NoUTF8EscapingWithSuffixes");
        assertThat(export(
                        exporter,
                        Signal.METRICS,
                        metrics(counter().toBuilder()
                                .setName("shop.orders")
                                .setUnit("By")
                                .build())))
                .isEqualTo("delivered");
        assertThat(receiver.lines().getLast()).startsWith("shop.orders_bytes_total{");
        receiver.should.clear();
    }

    @Test
    void staleMarkersAndSpecialFloatsArriveAsTheyAre() throws Exception {
        Gauge.Builder gauge = Gauge.newBuilder();
        double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE};
        for (int i = 0; i < values.length; i++) {
            gauge.addDataPoints(NumberDataPoint.newBuilder()
                    .setTimeUnixNano((T + i) * 1_000_000)
                    .setAsDouble(values[i]));
        }
        gauge.addDataPoints(NumberDataPoint.newBuilder()
                .setTimeUnixNano((T + 9) * 1_000_000)
                .setFlags(1));
        assertThat(export(
                        exporter,
                        Signal.METRICS,
                        metrics(Metric.newBuilder().setName("f").setGauge(gauge).build())))
                .isEqualTo("delivered");
        assertThat(receiver.lines().getFirst())
                .contains(" NaN@", " Infinity@", " -Infinity@", " -0.0@", " 4.9E-324@", " stale@" + (T + 9));
    }
}
