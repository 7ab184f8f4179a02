package io.lightvessel.gateway.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Histogram;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtobufParserTest {
    private static final ParserOptions NATIVE = new ParserOptions(true, false, false);

    private static List<String> read(ParserOptions options, Metrics.MetricFamily.Builder... families)
            throws MalformedExposition {
        return Read.all(ExpositionParsers.of(ExpositionFormat.PROTOBUF, options), Families.delimited(families));
    }

    private static List<String> samples(ParserOptions options, Metrics.MetricFamily.Builder... families)
            throws MalformedExposition {
        return read(options, families).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void readsTheSimpleTypes() throws Exception {
        assertThat(read(
                        NATIVE,
                        Families.family("c_seconds_total", MetricType.COUNTER)
                                .setUnit("seconds")
                                .addMetric(Families.metric("a", "x\\n\"", "e", "")
                                        .setTimestampMs(5)
                                        .setCounter(Metrics.Counter.newBuilder()
                                                .setValue(2.5)
                                                .setCreatedTimestamp(Families.time(3))
                                                .setExemplar(Families.exemplar("t", 7, 0))))
                                .addMetric(Families.metric()),
                        Families.family("empty", MetricType.GAUGE),
                        Families.family("g.utf8", MetricType.GAUGE)
                                .addMetric(Families.metric("l.a", "ü")
                                        .setGauge(Metrics.Gauge.newBuilder().setValue(-1))),
                        Families.family("u", MetricType.UNTYPED)
                                .addMetric(Families.metric()
                                        .setUntyped(Metrics.Untyped.newBuilder().setValue(Double.NaN)))))
                .containsExactly(
                        "# MetricFamily[name=c_seconds_total, type=COUNTER, unit=seconds, help=Help \\ of c_seconds_total]",
                        "c_seconds_total{a=x\\n\"} 2.5 @5 since 3005 # {trace_id=t } 7.0",
                        "c_seconds_total{} 0.0",
                        "# MetricFamily[name=g.utf8, type=GAUGE, unit=, help=Help \\ of g.utf8]",
                        "g.utf8{l.a=ü} -1.0",
                        "# MetricFamily[name=u, type=UNSPECIFIED, unit=, help=Help \\ of u]",
                        "u{} NaN");
    }

    @Test
    void readsSummaries() throws Exception {
        assertThat(samples(
                        NATIVE,
                        Families.family("s", MetricType.SUMMARY)
                                .addMetric(Families.metric("a", "1")
                                        .setSummary(Metrics.Summary.newBuilder()
                                                .setSampleCount(-1)
                                                .setSampleSum(1.5)
                                                .setCreatedTimestamp(Families.time(1))
                                                .addQuantile(Metrics.Quantile.newBuilder()
                                                        .setQuantile(0.5)
                                                        .setValue(3))
                                                .addQuantile(Metrics.Quantile.newBuilder()
                                                        .setQuantile(1)
                                                        .setValue(Double.NaN))))
                                .addMetric(Families.metric("a", "2")
                                        .setSummary(Metrics.Summary.newBuilder().setSampleCount(7)))))
                .containsExactly(
                        "s_count{a=1} 1.8446744073709552E19 since 1005",
                        "s_sum{a=1} 1.5 since 1005",
                        "s{a=1, quantile=0.5} 3.0 since 1005",
                        "s{a=1, quantile=1.0} NaN since 1005",
                        "s_count{a=2} 7.0",
                        "s_sum{a=2} 0.0");
    }

    @Test
    void readsClassicHistograms() throws Exception {
        String[] expected = {
            "h_count{a=b} 12.0",
            "h_sum{a=b} 10.5",
            "h_bucket{a=b, le=0.5} 4.0 # {trace_id=1 } 0.3 @1700005",
            "h_bucket{a=b, le=2.0} 10.0 # {trace_id=2 } 1.5",
            "h_bucket{a=b, le=+Inf} 12.0"
        };
        assertThat(samples(ParserOptions.DEFAULT, Families.histogram("h", Families.both())))
                .containsExactly(expected);
        assertThat(samples(
                        NATIVE,
                        Families.histogram(
                                "h",
                                Families.both()
                                        .clearPositiveSpan()
                                        .clearNegativeSpan()
                                        .clearZeroCount()
                                        .clearZeroThreshold())))
                .containsExactly(expected);
    }

    @Test
    void nativeHistogramsComeFirstAndTheirClassicBucketsOnlyWhenAskedFor() throws Exception {
        String whole =
                "h{a=b} {count=12 sum=10.5 schema=0 zeroThreshold=0.001 zero=2 negSpan=[0, 1] neg=[1] span=[-1, 2]"
                        + " span=[2, 1] span=[1, 1] pos=[2, 1, -2, 2]} # {trace_id=1 } 0.3 @1700005";
        assertThat(samples(NATIVE, Families.histogram("h", Families.both()))).containsExactly(whole);
        assertThat(samples(new ParserOptions(true, true, false), Families.histogram("h", Families.both())))
                .hasSize(6)
                .startsWith(whole, "h_count{a=b} 12.0")
                .endsWith("h_bucket{a=b, le=+Inf} 12.0");
        assertThat(samples(new ParserOptions(true, true, false), Families.histogram("h", Families.integers())))
                .hasSize(1);
    }

    @Test
    void readsNativeHistogramsOfFloatsAndOfGauges() throws Exception {
        assertThat(samples(NATIVE, Families.histogram("h", Families.floats())))
                .containsExactly("h{a=b} {countFloat=4.5 sum=3.0 schema=3 zeroThreshold=0.5 zeroFloat=1.5 span=[4, 2]"
                        + " posFloat=[1.0, 2.0]}");
        assertThat(samples(
                        NATIVE,
                        Families.family("g", MetricType.GAUGE_HISTOGRAM)
                                .addMetric(Families.metric()
                                        .setTimestampMs(9)
                                        .setHistogram(Families.integers()
                                                .setCreatedTimestamp(Families.time(4))
                                                .addExemplars(Families.exemplar("no time", 1, 0))
                                                .addExemplars(Families.exemplar("x", 1, 1))
                                                .addExemplars(Families.exemplar("y", 2, 2))))))
                .containsExactly("g{} {count=12 sum=10.5 schema=0 zeroThreshold=0.001 zero=2 negSpan=[0, 1] neg=[1]"
                        + " span=[-1, 2] span=[2, 1] span=[1, 1] pos=[2, 1, -2, 2] hint=3} @9 since 4005"
                        + " # {trace_id=x } 1.0 @1005 # {trace_id=y } 2.0 @2005");
        assertThat(samples(
                        NATIVE, Families.histogram("h", Histogram.newBuilder().addPositiveSpan(Families.span(0, 0)))))
                .containsExactly("h{a=b} {count=0 sum=0.0 schema=0 zeroThreshold=0.0 zero=0}");
    }

    @Test
    void refusesNativeHistogramsThatPrometheusWouldNotStore() {
        assertRefused(Families.integers().setSchema(9), "schema 9 (expected: -4 to 8)");
        assertRefused(Families.integers().setSampleCount(13), "12 observations in buckets (expected: its count 13)");
        assertRefused(Families.integers().addPositiveDelta(1), "spans of 5 buckets and 6 counts");
        assertRefused(Families.integers().addPositiveSpan(Families.span(-1, 0)), "span 2 with offset -1");
        assertRefused(Families.integers().setPositiveDelta(0, -2), "a negative count");
        assertRefused(Families.floats().setPositiveCount(0, -2), "a negative count");
        assertRefused(
                Families.integers().addPositiveSpan(Families.span(Integer.MAX_VALUE, 0)),
                "a bucket number beyond 31 bits");
    }

    private static void assertRefused(Histogram.Builder histogram, String message) {
        assertThatThrownBy(() -> read(NATIVE, Families.histogram("h", histogram)))
                .isExactlyInstanceOf(MalformedExposition.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesNamesAndTextsThatPrometheusRefuses() {
        assertThatThrownBy(() -> read(NATIVE, Families.counter("", 1))).hasMessageContaining("without a name");
        assertThatThrownBy(() -> read(NATIVE, Families.counter("a", 1).setUnit("s")))
                .hasMessageContaining("unit 's' of 'a' (expected: what the metric name ends with, after '_')");
        assertThatThrownBy(() -> read(
                        NATIVE, Families.family("a", MetricType.GAUGE).addMetric(Families.metric("x", "1", "x", "2"))))
                .hasMessageContaining("label 'x' of 'a' a second time");
        assertThatThrownBy(() ->
                        read(NATIVE, Families.family("a", MetricType.HISTOGRAM).addMetric(Families.metric("le", "1"))))
                .hasMessageContaining("label 'le' of 'a' a second time");
        byte[] unknown = Families.delimited(Families.counter("a", 1));
        assertThatThrownBy(() -> Read.all(
                        ExpositionParsers.of(ExpositionFormat.PROTOBUF, NATIVE),
                        Arrays.copyOf(unknown, unknown.length - 1)))
                .hasMessageContaining("expected: at most the");
    }

    @Test
    void seriesHaveKeysOfTheirOwn() throws Exception {
        ExpositionParser parser = ExpositionParsers.of(ExpositionFormat.PROTOBUF, new ParserOptions(true, true, false));
        byte[] body = Families.delimited(
                Families.histogram("h", Families.both()), Families.counter("ha", 1), Families.counter("h", 1));
        List<String> first = keys(parser, body);
        assertThat(first).hasSize(8);
        // The native histogram and the counter are one series, called the same.
        assertThat(first.stream().distinct()).hasSize(7);
        assertThat(keys(parser, body)).isEqualTo(first);
    }

    private static List<String> keys(ExpositionParser parser, byte[] body) throws MalformedExposition {
        parser.open(body, 0, body.length);
        List<String> keys = new java.util.ArrayList<>();
        for (ExpositionParser.Entry entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
            if (entry != ExpositionParser.Entry.METADATA) {
                keys.add(Arrays.toString(
                        Arrays.copyOfRange(parser.seriesArray(), parser.seriesStart(), parser.seriesEnd())));
            }
        }
        return keys;
    }
}
