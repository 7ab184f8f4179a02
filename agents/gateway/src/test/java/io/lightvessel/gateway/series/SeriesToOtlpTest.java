package io.lightvessel.gateway.series;

import static io.lightvessel.gateway.testing.Requests.attribute;
import static io.lightvessel.gateway.testing.Scrape.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesToOtlpTest {

    private static final long T = 1_700_000_000_000L;
    private static final long NANOS = T * 1_000_000L;

    private final Scrape scrape = Scrape.of("shop", "10.0.0.7:8080");

    private static ExportMetricsServiceRequest convert(Scrape scrape) throws Exception {
        Payload payload = scrape.payload();
        try {
            ByteBuf otlp = new SeriesToOtlp().toOtlp(payload);
            Payload walked = Payload.walk(Signal.METRICS, otlp.retain());
            assertThat(walked.records()).as("records").isEqualTo(payload.records());
            walked.release();
            byte[] bytes = ByteBufUtil.getBytes(otlp);
            otlp.release();
            return ExportMetricsServiceRequest.parseFrom(bytes);
        } finally {
            payload.release();
        }
    }

    private static List<Metric> metrics(Scrape scrape) throws Exception {
        return convert(scrape).getResourceMetrics(0).getScopeMetrics(0).getMetricsList();
    }

    private static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    private static String typeOf(Metric metric) {
        assertThat(metric.getMetadata(0).getKey()).isEqualTo("prometheus.type");
        return metric.getMetadata(0).getValue().getStringValue();
    }

    @Test
    void aCounterIsAMonotonicCumulativeSumUnderItsOwnName() throws Exception {
        scrape.series(Scrape.COUNTER, "http_requests_total", "code", "200", "empty", "")
                .help("Requests served.")
                .since(T - 5000)
                .value(7)
                .end();
        Metric metric = metrics(scrape).getFirst();
        assertThat(metric.getName()).isEqualTo("http_requests_total");
        assertThat(metric.getDescription()).isEqualTo("Requests served.");
        assertThat(typeOf(metric)).isEqualTo("counter");
        assertThat(metric.getSum().getIsMonotonic()).isTrue();
        assertThat(metric.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(metric.getSum().getDataPointsList())
                .containsExactly(NumberDataPoint.newBuilder()
                        .addAttributes(attribute("code", "200"))
                        .setStartTimeUnixNano((T - 5000) * 1_000_000L)
                        .setTimeUnixNano(NANOS)
                        .setAsDouble(7)
                        .build());
    }

    @Test
    void gaugesAndUnknownsAreGaugesInfosAndStatesAreNonMonotonicSums() throws Exception {
        scrape.gauge("g", 1.5);
        scrape.series(Scrape.UNKNOWN, "u").value(2).end();
        scrape.series(Scrape.INFO, "build_info", "version", "1").value(1).end();
        scrape.series(Scrape.STATE_SET, "state", "state", "on").value(0).end();
        List<Metric> metrics = metrics(scrape);
        assertThat(metrics)
                .extracting(SeriesToOtlpTest::typeOf)
                .containsExactly("gauge", "unknown", "info", "stateset");
        assertThat(metrics).extracting(Metric::hasGauge).containsExactly(true, true, false, false);
        assertThat(metrics.subList(2, 4)).allSatisfy(metric -> {
            assertThat(metric.getSum().getIsMonotonic()).isFalse();
            assertThat(metric.getSum().getAggregationTemporality())
                    .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        });
    }

    @Test
    void pointsOfOneMetricShareIt() throws Exception {
        for (String path : List.of("/a", "/b", "/c")) {
            scrape.counter("c_total", 1, "path", path);
        }
        assertThat(metrics(scrape))
                .singleElement()
                .satisfies(metric ->
                        assertThat(metric.getSum().getDataPointsCount()).isEqualTo(3));
    }

    private Scrape.Series part(int type, String name, String... labels) {
        return scrape.series(type, name, labels).help("How long.").unit("seconds");
    }

    @Test
    void aClassicHistogramIsPutTogether() throws Exception {
        for (String path : List.of("/a", "/b")) {
            part(Scrape.HISTOGRAM, "h_bucket", "le", "0.5", "path", path)
                    .value(2)
                    .exemplar(
                            0.3,
                            T - 10,
                            "trace_id",
                            "0102030405060708090a0b0c0d0e0f10",
                            "span_id",
                            "a1b2c3d4e5f60718",
                            "k",
                            "v")
                    .end();
            part(Scrape.HISTOGRAM, "h_bucket", "le", "1.0", "path", path)
                    .value(5)
                    .end();
            part(Scrape.HISTOGRAM, "h_bucket", "le", "+Inf", "path", path)
                    .value(6)
                    .end();
            part(Scrape.HISTOGRAM, "h_sum", "path", path).value(4.5).end();
            part(Scrape.HISTOGRAM, "h_count", "path", path)
                    .since(T - 1)
                    .value(6)
                    .end();
        }
        Metric metric = metrics(scrape).getFirst();
        assertThat(metric.getName()).isEqualTo("h");
        assertThat(metric.getUnit()).isEqualTo("s");
        assertThat(metric.getHistogram().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(metric.getHistogram().getDataPointsList()).hasSize(2);
        assertThat(metric.getHistogram().getDataPoints(1))
                .isEqualTo(HistogramDataPoint.newBuilder()
                        .addAttributes(attribute("path", "/b"))
                        .setStartTimeUnixNano((T - 1) * 1_000_000L)
                        .setTimeUnixNano(NANOS)
                        .setCount(6)
                        .setSum(4.5)
                        .addAllBucketCounts(List.of(2L, 3L, 1L))
                        .addAllExplicitBounds(List.of(0.5, 1.0))
                        .addExemplars(Exemplar.newBuilder()
                                .setTimeUnixNano((T - 10) * 1_000_000L)
                                .setAsDouble(0.3)
                                .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
                                .setSpanId(ByteString.fromHex("a1b2c3d4e5f60718"))
                                .addFilteredAttributes(attribute("k", "v")))
                        .build());
    }

    @Test
    void aHistogramWithoutSumOrCountSaysWhatItsBucketsDo() throws Exception {
        part(Scrape.HISTOGRAM, "h_bucket", "le", "1").value(2).end();
        part(Scrape.HISTOGRAM, "h_bucket", "le", "+Inf").value(3).end();
        HistogramDataPoint point = metrics(scrape).getFirst().getHistogram().getDataPoints(0);
        assertThat(point.hasSum()).isFalse();
        assertThat(point.getCount()).isEqualTo(3);
        assertThat(point.getBucketCountsList()).containsExactly(2L, 1L);
    }

    @Test
    void bucketsThatComeInDisorderAreSorted() throws Exception {
        part(Scrape.HISTOGRAM, "h_bucket", "le", "+Inf").value(9).end();
        part(Scrape.HISTOGRAM, "h_bucket", "le", "2").value(8).end();
        part(Scrape.HISTOGRAM, "h_bucket", "le", "not a number").value(8).end();
        part(Scrape.HISTOGRAM, "h_bucket", "le", "1").value(3).end();
        part(Scrape.HISTOGRAM, "h_count").value(9).end();
        HistogramDataPoint point = metrics(scrape).getFirst().getHistogram().getDataPoints(0);
        assertThat(point.getExplicitBoundsList()).containsExactly(1.0, 2.0);
        assertThat(point.getBucketCountsList()).containsExactly(3L, 5L, 1L);
    }

    @Test
    void gaugeHistogramsAreHistogramsThatSaySo() throws Exception {
        part(Scrape.GAUGE_HISTOGRAM, "q_bucket", "le", "+Inf").value(3).end();
        part(Scrape.GAUGE_HISTOGRAM, "q_gsum").value(9).end();
        part(Scrape.GAUGE_HISTOGRAM, "q_gcount").value(3).end();
        Metric metric = metrics(scrape).getFirst();
        assertThat(typeOf(metric)).isEqualTo("gaugehistogram");
        assertThat(metric.getName()).isEqualTo("q");
        assertThat(metric.getHistogram().getDataPoints(0).getSum()).isEqualTo(9);
    }

    @Test
    void aSummaryIsPutTogether() throws Exception {
        part(Scrape.SUMMARY, "s", "quantile", "0.5").value(0.1).end();
        part(Scrape.SUMMARY, "s", "quantile", "0.99").value(Double.NaN).end();
        part(Scrape.SUMMARY, "s_sum").value(4).end();
        part(Scrape.SUMMARY, "s_count").value(12).end();
        SummaryDataPoint point = metrics(scrape).getFirst().getSummary().getDataPoints(0);
        assertThat(point.getCount()).isEqualTo(12);
        assertThat(point.getSum()).isEqualTo(4);
        assertThat(point.getQuantileValuesList())
                .extracting(q -> q.getQuantile() + "=" + q.getValue())
                .containsExactly("0.5=0.1", "0.99=NaN");
        assertThat(point.getAttributesList()).isEmpty();
    }

    private static void span(CodedOutputStream out, int field, int offset, int length) throws IOException {
        out.writeByteArray(field, Scrape.message(span -> {
            span.writeSInt32(1, offset);
            span.writeUInt32(2, length);
        }));
    }

    private static void deltas(CodedOutputStream out, int field, long... deltas) throws IOException {
        out.writeByteArray(field, Scrape.message(packed -> {
            for (long delta : deltas) {
                packed.writeSInt64NoTag(delta);
            }
        }));
    }

    @Test
    void aNativeHistogramIsAnExponentialOne() throws Exception {
        scrape.series(Scrape.HISTOGRAM, "n")
                .since(T - 9)
                .histogram(out -> {
                    out.writeUInt64(1, 16);
                    out.writeDouble(3, 55.5);
                    out.writeSInt32(4, 3);
                    out.writeDouble(5, 1e-128);
                    out.writeUInt64(6, 2);
                    span(out, 8, 1, 1);
                    deltas(out, 9, 4);
                    span(out, 11, -2, 2);
                    span(out, 11, 3, 1);
                    deltas(out, 12, 5, -2, -1);
                })
                .end();
        ExponentialHistogramDataPoint point =
                metrics(scrape).getFirst().getExponentialHistogram().getDataPoints(0);
        assertThat(point.getStartTimeUnixNano()).isEqualTo((T - 9) * 1_000_000L);
        assertThat(point.getCount()).isEqualTo(16);
        assertThat(point.getSum()).isEqualTo(55.5);
        assertThat(point.getScale()).isEqualTo(3);
        assertThat(point.getZeroCount()).isEqualTo(2);
        assertThat(point.getZeroThreshold()).isEqualTo(1e-128);
        assertThat(point.getNegative().getOffset()).isZero();
        assertThat(point.getNegative().getBucketCountsList()).containsExactly(4L);
        assertThat(point.getPositive().getOffset()).isEqualTo(-3);
        assertThat(point.getPositive().getBucketCountsList()).containsExactly(5L, 3L, 0L, 0L, 0L, 2L);
    }

    @Test
    void bucketsFarApartAreMergedUntilTheyFit() throws Exception {
        scrape.series(Scrape.HISTOGRAM, "n")
                .histogram(out -> {
                    out.writeUInt64(1, 3);
                    out.writeSInt32(4, 8);
                    span(out, 11, 0, 1);
                    span(out, 11, 500_000, 1);
                    deltas(out, 12, 1, 1);
                })
                .end();
        ExponentialHistogramDataPoint point =
                metrics(scrape).getFirst().getExponentialHistogram().getDataPoints(0);
        assertThat(point.getScale()).isEqualTo(0);
        assertThat(point.getPositive().getBucketCountsList().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(3);
        assertThat(point.getPositive().getBucketCountsCount()).isLessThanOrEqualTo(2048);
    }

    @Test
    void aNativeHistogramWithCustomBoundsIsAnExplicitOne() throws Exception {
        scrape.series(Scrape.HISTOGRAM, "n")
                .histogram(out -> {
                    out.writeUInt64(1, 6);
                    out.writeDouble(3, 1);
                    out.writeSInt32(4, -53);
                    span(out, 11, 0, 1);
                    span(out, 11, 1, 1);
                    deltas(out, 12, 4, -2);
                    out.writeByteArray(16, Scrape.message(bounds -> {
                        bounds.writeDoubleNoTag(0.5);
                        bounds.writeDoubleNoTag(1);
                    }));
                })
                .end();
        HistogramDataPoint point = metrics(scrape).getFirst().getHistogram().getDataPoints(0);
        assertThat(point.getExplicitBoundsList()).containsExactly(0.5, 1.0);
        assertThat(point.getBucketCountsList()).containsExactly(4L, 0L, 2L);
        assertThat(point.getCount()).isEqualTo(6);
    }

    @Test
    void floatCountsOfNativeHistogramsAreRounded() throws Exception {
        scrape.series(Scrape.HISTOGRAM, "n")
                .histogram(out -> {
                    out.writeDouble(2, 2.6);
                    out.writeDouble(7, 0.4);
                    span(out, 11, 1, 1);
                    out.writeByteArray(13, Scrape.message(counts -> counts.writeDoubleNoTag(2.6)));
                })
                .end();
        ExponentialHistogramDataPoint point =
                metrics(scrape).getFirst().getExponentialHistogram().getDataPoints(0);
        assertThat(point.getCount()).isEqualTo(3);
        assertThat(point.getPositive().getBucketCountsList()).containsExactly(3L);
    }

    @Test
    void stalenessMarkersSayThatThereIsNoValue() throws Exception {
        scrape.counter("c_total", STALE).gauge("g", STALE);
        scrape.series(Scrape.HISTOGRAM, "h_bucket", "le", "+Inf").value(STALE).end();
        scrape.series(Scrape.HISTOGRAM, "h_count").value(STALE).end();
        scrape.series(Scrape.SUMMARY, "s_count").value(STALE).end();
        scrape.series(Scrape.HISTOGRAM, "n").value(STALE).end();
        scrape.series(Scrape.HISTOGRAM, "m")
                .histogram(out -> out.writeDouble(3, STALE))
                .end();
        scrape.gauge("nan", Double.NaN);
        List<Metric> metrics = metrics(scrape);
        assertThat(metrics.get(0).getSum().getDataPoints(0).getFlags()).isEqualTo(1);
        assertThat(metrics.get(0).getSum().getDataPoints(0).hasAsDouble()).isFalse();
        assertThat(metrics.get(1).getGauge().getDataPoints(0).getFlags()).isEqualTo(1);
        assertThat(metrics.get(2).getHistogram().getDataPoints(0).getFlags()).isEqualTo(1);
        assertThat(metrics.get(3).getSummary().getDataPoints(0).getFlags()).isEqualTo(1);
        assertThat(metrics.get(4).getExponentialHistogram().getDataPoints(0).getFlags())
                .isEqualTo(1);
        assertThat(metrics.get(5).getExponentialHistogram().getDataPoints(0).getFlags())
                .isEqualTo(1);
        assertThat(metrics.get(6).getGauge().getDataPoints(0).getFlags()).isZero();
        assertThat(metrics.get(6).getGauge().getDataPoints(0).getAsDouble()).isNaN();
    }

    @Test
    void jobAndInstanceAreTheResource() throws Exception {
        assertThat(convert(scrape.gauge("up", 1))
                        .getResourceMetrics(0)
                        .getResource()
                        .getAttributesList())
                .containsExactly(
                        attribute("service.name", "shop"),
                        attribute("service.instance.id", "10.0.0.7:8080"),
                        attribute("server.address", "10.0.0.7"),
                        number("server.port", 8080));
        assertThat(convert(Scrape.of("probe", "https://[::1]:9115/probe").gauge("up", 1))
                        .getResourceMetrics(0)
                        .getResource()
                        .getAttributesList())
                .containsExactly(
                        attribute("service.name", "probe"),
                        attribute("service.instance.id", "https://[::1]:9115/probe"),
                        attribute("url.scheme", "https"),
                        attribute("server.address", "::1"),
                        number("server.port", 9115));
    }

    @Test
    void everyJobAndInstanceHasOneResource() throws Exception {
        Scrape federated = new Scrape();
        for (int i = 0; i < 6; i++) {
            federated.gauge("g" + i, i, "instance", "i" + i % 2, "job", "j");
        }
        assertThat(convert(federated).getResourceMetricsList())
                .extracting(group -> group.getScopeMetrics(0).getMetricsCount())
                .containsExactly(3, 3);
    }

    @Test
    void targetInfoBelongsToItsResourceAndIsNoMetric() throws Exception {
        scrape.gauge("before", 1)
                .gauge("target_info", 1, "k8s_pod_name", "shop-1", "region", "eu")
                .gauge("after", 1);
        ResourceMetrics group = convert(scrape).getResourceMetrics(0);
        assertThat(group.getResource().getAttributesList())
                .contains(attribute("k8s_pod_name", "shop-1"), attribute("region", "eu"));
        assertThat(group.getScopeMetrics(0).getMetricsList())
                .extracting(Metric::getName)
                .containsExactly("before", "after");
        assertThat(convert(Scrape.of("a", "b").gauge("target_info", 1)).getResourceMetricsList())
                .isEmpty();
    }

    @Test
    void scopeLabelsAreTheScope() throws Exception {
        scrape.gauge(
                        "a",
                        1,
                        "otel_scope_name",
                        "lib",
                        "otel_scope_version",
                        "2",
                        "otel_scope_schema_url",
                        "u",
                        "otel_scope_k",
                        "v",
                        "x",
                        "y")
                .gauge("b", 1);
        ResourceMetrics group = convert(scrape).getResourceMetrics(0);
        assertThat(group.getScopeMetrics(0).getScope())
                .isEqualTo(InstrumentationScope.newBuilder()
                        .setName("lib")
                        .setVersion("2")
                        .addAttributes(attribute("k", "v"))
                        .build());
        assertThat(group.getScopeMetrics(0).getSchemaUrl()).isEqualTo("u");
        assertThat(group.getScopeMetrics(0)
                        .getMetrics(0)
                        .getGauge()
                        .getDataPoints(0)
                        .getAttributesList())
                .containsExactly(attribute("x", "y"));
        assertThat(group.getScopeMetrics(1).getScope().getName()).isEqualTo("io.lightvessel.gateway.series");
    }

    @Test
    void exemplarsGoAlong() throws Exception {
        scrape.series(Scrape.COUNTER, "c_total")
                .value(1)
                .exemplar(1, T, "trace_id", "abc", "span_id", "zzzzzzzzzzzzzzzz")
                .end();
        assertThat(metrics(scrape).getFirst().getSum().getDataPoints(0).getExemplarsList())
                .containsExactly(Exemplar.newBuilder()
                        .setTimeUnixNano(NANOS)
                        .setAsDouble(1)
                        .addFilteredAttributes(attribute("trace_id", "abc"))
                        .addFilteredAttributes(attribute("span_id", "zzzzzzzzzzzzzzzz"))
                        .build());
    }

    @Test
    void unitsAreAbbreviated() {
        assertThat(List.of("seconds", "ratio", "bytes_per_second", "widgets", "widgets_per_day"))
                .map(OtlpUnits::of)
                .containsExactly("s", "1", "By/s", "widgets", "widgets/d");
    }

    @Test
    void whatNoNativeHistogramCanBeIsRefused() {
        scrape.series(Scrape.HISTOGRAM, "n")
                .histogram(out -> {
                    span(out, 11, 0, 1_000_000_000);
                    deltas(out, 12, 1);
                })
                .end();
        assertThatThrownBy(() -> convert(scrape))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("a native histogram of 1 bucket counts (expected: as many as its spans have buckets)");
        assertThatThrownBy(() -> convert(Scrape.of("a", "b")
                        .series(Scrape.HISTOGRAM, "n")
                        .histogram(out -> out.writeSInt32(4, 9))
                        .end()))
                .hasMessage("a native histogram of schema 9 (expected: -53 or -4..8)");
    }

    /** Whatever series come in whatever order: as many points as records, or the books would not balance. */
    @Test
    void asManyPointsAsRecordsWhateverComes() throws Exception {
        Random random = new Random(4711);
        String[] names = {"a", "a_sum", "a_count", "a_bucket", "a_gsum", "a_total", "b", "b_sum", "target_info"};
        String[] labels = {"le", "quantile", "job", "instance", "otel_scope_name", "x"};
        for (int round = 0; round < 3000; round++) {
            Scrape any = new Scrape();
            for (int i = random.nextInt(12); i > 0; i--) {
                List<String> own = new java.util.ArrayList<>();
                for (String label : labels) {
                    if (random.nextInt(3) == 0) {
                        own.add(label);
                        own.add(List.of("", "0.5", "1", "+Inf", "v").get(random.nextInt(5)));
                    }
                }
                Scrape.Series series =
                        any.series(random.nextInt(9), names[random.nextInt(names.length)], own.toArray(String[]::new));
                if (random.nextInt(6) == 0) {
                    series.histogram(out -> out.writeUInt64(1, 0));
                } else {
                    for (int samples = random.nextInt(8) == 0 ? random.nextInt(3) : 1; samples > 0; samples--) {
                        series.value(T + random.nextInt(2), random.nextInt(4) == 0 ? STALE : random.nextInt(9));
                    }
                }
                if (random.nextInt(4) == 0) {
                    series.exemplar(1, T, "k", "v");
                }
                series.end();
            }
            convert(any);
        }
    }
}
