package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.prometheus.SenderCase.may;
import static io.lightvessel.gateway.prometheus.SenderCase.must;
import static io.lightvessel.gateway.prometheus.SenderCase.should;
import static io.lightvessel.gateway.prometheus.SenderContentCases.T;
import static io.lightvessel.gateway.prometheus.SenderContentCases.TARGET;
import static io.lightvessel.gateway.prometheus.SenderContentCases.request;
import static io.lightvessel.gateway.prometheus.SenderContentCases.scrape;
import static io.lightvessel.gateway.prometheus.SenderUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.lightvessel.gateway.testing.Scrape;
import java.io.IOException;
import java.util.List;

/** Histograms, exemplars, and everything together. */
final class SenderShapeCases {

    private SenderShapeCases() {}

    static Scrape classic(Scrape scrape, String name, double count, double sum, String... bounds) {
        for (String bound : bounds) {
            scrape.series(Scrape.HISTOGRAM, name + "_bucket", "le", bound)
                    .value(count)
                    .end();
        }
        scrape.series(Scrape.HISTOGRAM, name + "_sum").value(sum).end();
        scrape.series(Scrape.HISTOGRAM, name + "_count").value(count).end();
        return scrape;
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

    static Scrape nativeHistogram(Scrape scrape) {
        return scrape.series(Scrape.HISTOGRAM, "native")
                .histogram(out -> {
                    out.writeUInt64(1, 12);
                    out.writeDouble(3, -25.5);
                    out.writeSInt32(4, 3);
                    out.writeDouble(5, 1e-128);
                    out.writeUInt64(6, 2);
                    span(out, 8, 1, 1);
                    deltas(out, 9, 3);
                    span(out, 11, 2, 2);
                    deltas(out, 12, 4, -1);
                })
                .end();
    }

    private static SenderCase.Check ofNative(String expected) {
        return s -> {
            s.lines(nativeHistogram(scrape()));
            assertThat(request(s).nativeHistograms).singleElement().asString().contains(expected);
        };
    }

    static List<SenderCase> histograms() {
        return List.of(
                must("histograms", "native_histogram_structure", s -> {
                    s.lines(nativeHistogram(scrape()));
                    assertThat(request(s).nativeHistograms)
                            .containsExactly("count 12 sum -25.5 schema 3 zero 2@1.0E-128 negative [1+1] [3] positive"
                                    + " [2+2] [4, -1] time " + T);
                }),
                must(
                        "histograms",
                        "histogram_count_present",
                        s -> assertThat(s.line(classic(scrape(), "h", 100, 250.5, "+Inf"), "h_count"))
                                .contains("} 100.0@")),
                must(
                        "histograms",
                        "histogram_sum_present",
                        s -> assertThat(s.line(classic(scrape(), "h", 100, 250.5, "+Inf"), "h_sum"))
                                .contains("} 250.5@")),
                should(
                        "histograms",
                        "histogram_buckets_ordered",
                        s -> assertThat(
                                        s
                                                .lines(classic(
                                                        scrape(), "h", 250, 500, "0.1", "0.5", "1.5", "5.5", "+Inf"))
                                                .stream()
                                                .filter(line -> line.startsWith("h_bucket"))
                                                .map(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1")))
                                .containsExactly("0.1", "0.5", "1.5", "5.5", "+Inf")),
                may("histograms", "histogram_positive_buckets", ofNative("positive [2+2] [4, -1]")),
                may("histograms", "histogram_negative_buckets", ofNative("negative [1+1] [3]")),
                may("histograms", "histogram_zero_bucket", ofNative("zero 2@1.0E-128")),
                must("histograms", "histogram_schema", ofNative("schema 3")),
                must("histograms", "histogram_timestamp", ofNative("time " + T)),
                must("histograms", "histogram_no_mixed_with_samples", s -> {
                    s.lines(classic(nativeHistogram(scrape()), "native", 100, 250, "+Inf"));
                    assertThat(request(s).samples).isEqualTo(3);
                    assertThat(request(s).histograms).isEqualTo(1);
                    assertThat(request(s).must).isEmpty();
                }),
                should(
                        "histograms",
                        "histogram_empty_buckets",
                        s -> assertThat(s.line(classic(scrape(), "h", 0, 0, "+Inf"), "h_count"))
                                .contains("} 0.0@")),
                must(
                        "histograms",
                        "histogram_large_counts",
                        s -> assertThat(s.line(classic(scrape(), "h", 1e9, 5e9, "+Inf"), "h_count"))
                                .contains("} 1.0E9@")));
    }

    private static Scrape withExemplar(String... labels) {
        return scrape().series(Scrape.COUNTER, "c_total")
                .value(1000)
                .exemplar(99.5, T - 5, labels)
                .end();
    }

    private static SenderCase.Check exemplar(String expected, String... labels) {
        return s -> assertThat(s.line(withExemplar(labels), "c_total")).contains(" # " + expected);
    }

    private static Scrape bucketsWithExemplars() {
        Scrape scrape = scrape();
        for (String bound : List.of("0.1", "0.5")) {
            scrape.series(Scrape.HISTOGRAM, "h_bucket", "le", bound)
                    .value(10)
                    .exemplar(Double.parseDouble(bound) / 2, T - 1, "trace_id", "ex" + bound)
                    .end();
        }
        return classic(scrape, "h", 100, 50, "+Inf");
    }

    static List<SenderCase> exemplars() {
        return List.of(
                may(
                        "exemplars",
                        "exemplar_with_trace_id",
                        exemplar("{trace_id=\"abc123xyz\"} 99.5", "trace_id", "abc123xyz")),
                may(
                        "exemplars",
                        "exemplar_with_span_id",
                        exemplar(
                                "{span_id=\"def456\",trace_id=\"abc123\"} 99.5",
                                "span_id",
                                "def456",
                                "trace_id",
                                "abc123")),
                must("exemplars", "exemplar_value_valid", exemplar("{trace_id=\"t\"} 99.5@", "trace_id", "t")),
                must(
                        "exemplars",
                        "exemplar_timestamp_valid",
                        exemplar("{trace_id=\"t\"} 99.5@" + (T - 5), "trace_id", "t")),
                must("exemplars", "exemplar_labels_valid_refs", s -> {
                    s.lines(withExemplar("trace_id", "xyz"));
                    assertThat(request(s).must).isEmpty();
                    assertThat(request(s).exemplars).isEqualTo(1);
                }),
                may(
                        "exemplars",
                        "exemplar_custom_labels",
                        exemplar("{request_id=\"r\",user_id=\"u\"} 99.5", "request_id", "r", "user_id", "u")),
                may(
                        "exemplars",
                        "exemplar_on_histogram",
                        s -> assertThat(s.lines(bucketsWithExemplars()).stream()
                                        .filter(line -> line.contains("le=\"0.5\"")))
                                .singleElement()
                                .asString()
                                .contains(" # {trace_id=\"ex0.5\"} 0.25@" + (T - 1))),
                must("exemplars", "exemplar_labels_even_length", s -> {
                    s.lines(withExemplar());
                    assertThat(request(s).must).isEmpty();
                    assertThat(request(s).exemplars).isEqualTo(1);
                }),
                may(
                        "exemplars",
                        "multiple_exemplars_per_series",
                        s -> assertThat(s.line(
                                        scrape().series(Scrape.COUNTER, "c_total")
                                                .value(1)
                                                .exemplar(1, T - 9, "trace_id", "ex1")
                                                .exemplar(2, T - 8, "trace_id", "ex2")
                                                .end(),
                                        "c_total"))
                                // A line of text has room for one.
                                .contains((s.form == SenderUnderTest.Form.SCRAPED
                                                ? ""
                                                : " # {trace_id=\"ex1\"} 1.0@" + (T - 9))
                                        + " # {trace_id=\"ex2\"} 2.0@" + (T - 8))));
    }

    private static Scrape family() {
        Scrape scrape = scrape();
        for (String part : List.of("_bucket", "_sum", "_count")) {
            String[] labels = part.equals("_bucket") ? new String[] {"le", "+Inf"} : new String[0];
            Scrape.Series series = scrape.series(Scrape.HISTOGRAM, "h_seconds" + part, labels)
                    .help("How long.")
                    .value(5);
            if (part.equals("_bucket")) {
                series.exemplar(0.1, T - 1, "trace_id", "t");
            }
            series.end();
        }
        return scrape;
    }

    static List<SenderCase> combined() {
        return List.of(
                should(
                        "combined",
                        "samples_with_metadata",
                        s -> assertThat(s.line(
                                        scrape().series(Scrape.COUNTER, "c_total")
                                                .help("All.")
                                                .value(7)
                                                .end(),
                                        "c_total"))
                                .isEqualTo("c_total{" + TARGET + "} 7.0@" + T + " [counter|All.|]")),
                may(
                        "combined",
                        "samples_with_exemplars",
                        s -> assertThat(s.line(withExemplar("a", "b"), "c_total"))
                                .isEqualTo("c_total{" + TARGET + "} 1000.0@" + T + " # {a=\"b\"} 99.5@" + (T - 5)
                                        + " [counter||]")),
                should(
                        "combined",
                        "histogram_with_metadata_and_exemplars",
                        s -> assertThat(s.line(family(), "h_seconds_bucket"))
                                .isEqualTo("h_seconds_bucket{" + TARGET + ",le=\"+Inf\"} 5.0@" + T
                                        + " # {trace_id=\"t\"} 0.1@" + (T - 1) + " [histogram|How long.|]")),
                must("combined", "multiple_metric_types", s -> {
                    List<String> lines =
                            s.lines(classic(scrape().counter("c_total", 1).gauge("g", 2), "h", 3, 4, "+Inf"));
                    assertThat(only(lines, "c_total")).endsWith("[counter||]");
                    assertThat(only(lines, "g")).endsWith("[gauge||]");
                    assertThat(only(lines, "h_count")).endsWith("[histogram||]");
                }),
                should("combined", "high_cardinality_labels", s -> {
                    Scrape scrape = scrape();
                    for (int i = 0; i < 500; i++) {
                        scrape.counter("r_total", i, "user", "u" + i);
                    }
                    assertThat(s.lines(scrape)).hasSize(500).doesNotHaveDuplicates();
                }),
                must(
                        "combined",
                        "complete_metric_family",
                        s -> assertThat(s.lines(family()))
                                .extracting(line -> line.substring(0, line.indexOf('{')))
                                .containsExactlyInAnyOrder("h_seconds_bucket", "h_seconds_sum", "h_seconds_count")),
                should("combined", "mixed_labels_and_metadata", s -> {
                    Scrape scrape = scrape().gauge("bare", 1);
                    scrape.series(Scrape.GAUGE, "rich_bytes", "a", "1")
                            .help("Help.")
                            .unit("bytes")
                            .value(2)
                            .end();
                    List<String> lines = s.lines(scrape);
                    assertThat(only(lines, "bare")).isEqualTo("bare{" + TARGET + "} 1.0@" + T + " [gauge||]");
                    assertThat(only(lines, "rich_bytes"))
                            .isEqualTo("rich_bytes{a=\"1\"," + TARGET + "} 2.0@" + T + " [gauge|Help.|bytes]");
                }),
                should("combined", "real_world_scenario", s -> {
                    Scrape scrape = classic(nativeHistogram(scrape()), "h", 3, 4, "0.5", "+Inf");
                    scrape.counter("c_total", 5, "code", "200");
                    if (s.form != SenderUnderTest.Form.SCRAPED) {
                        // Targets say neither.
                        scrape.gauge("up", 1).gauge("gone", Scrape.STALE);
                    }
                    scrape.series(Scrape.SUMMARY, "s", "quantile", "0.99")
                            .value(0.2)
                            .end();
                    scrape.series(Scrape.SUMMARY, "s_sum").value(9).end();
                    scrape.series(Scrape.SUMMARY, "s_count").value(3).end();
                    assertThat(s.lines(scrape)).hasSize(s.form == SenderUnderTest.Form.SCRAPED ? 9 : 11);
                    assertThat(request(s).must).isEmpty();
                }));
    }
}
