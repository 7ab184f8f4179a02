package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.prometheus.SenderCase.may;
import static io.lightvessel.gateway.prometheus.SenderCase.must;
import static io.lightvessel.gateway.prometheus.SenderCase.should;
import static io.lightvessel.gateway.prometheus.SenderUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Scrape;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What requests have to contain: symbols, labels, samples, times and metadata. */
final class SenderContentCases {

    static final long T = 1_700_000_000_000L;
    static final String TARGET = "instance=\"localhost:9090\",job=\"test\"";

    private SenderContentCases() {}

    static Scrape scrape() {
        return Scrape.of("test", "localhost:9090");
    }

    static List<SenderCase> symbols() {
        return List.of(
                must("symbols", "empty_string_at_index_zero", s -> {
                    s.lines(scrape().gauge("test_metric", 42));
                    assertThat(request(s).symbols().getFirst()).isEmpty();
                }),
                should("symbols", "string_deduplication", s -> {
                    s.lines(scrape().gauge("test_metric", 1, "baz", "qux", "foo", "bar")
                            .gauge("another_metric", 3, "foo", "bar"));
                    assertThat(request(s).symbols()).doesNotHaveDuplicates();
                }),
                must("symbols", "labels_refs_valid_indices", s -> {
                    String line = s.line(scrape().gauge("test_metric", 42, "label", "value"), "test_metric");
                    assertThat(line).startsWith("test_metric{" + TARGET + ",label=\"value\"} ");
                    assertThat(request(s).must).isEmpty();
                }),
                must("symbols", "labels_refs_even_length", s -> {
                    s.lines(scrape().gauge("test_metric", 42, "label", "value"));
                    assertThat(request(s).must).noneMatch(remark -> remark.contains("label references"));
                }));
    }

    static WrittenV2 request(SenderUnderTest sender) {
        return sender.receiver.written.getFirst();
    }

    private static void sorted(SenderUnderTest s) throws Exception {
        String line = s.line(scrape().gauge("test_metric", 42, "zzz", "3", "aaa", "1", "bbb", "2"), "test_metric");
        assertThat(line).startsWith("test_metric{aaa=\"1\",bbb=\"2\"," + TARGET + ",zzz=\"3\"} ");
    }

    static List<SenderCase> labels() {
        String long60 = "very_long_label_name_that_exceeds_normal_length_but_is_still_valid";
        return List.of(
                must("labels", "label_lexicographic_ordering", SenderContentCases::sorted),
                must(
                        "labels",
                        "metric_name_label_present",
                        s -> assertThat(s.lines(scrape().gauge("test_metric", 42)))
                                .singleElement()
                                .asString()
                                .startsWith("test_metric{")),
                must("labels", "metric_name_format_valid", s -> {
                    s.lines(scrape().gauge("valid_metric_name:subsystem_total", 42));
                    assertThat(request(s).should).noneMatch(remark -> remark.startsWith("name:"));
                }),
                must("labels", "label_name_format_valid", s -> {
                    String line = s.line(
                            scrape().gauge("test_metric", 42, "valid_label", "v", "another_1", "v"), "test_metric");
                    Pattern.compile("([^{,=]+)=\"")
                            .matcher(line)
                            .results()
                            .forEach(label -> assertThat(label.group(1)).matches("[a-zA-Z_][a-zA-Z0-9_]*"));
                    assertThat(line).contains("another_1=\"v\"").contains("valid_label=\"v\"");
                }),
                must("labels", "no_duplicate_label_names", s -> {
                    s.configure("external_labels: {foo: external, job: external}");
                    assertThat(s.line(scrape().gauge("test_metric", 42, "foo", "bar"), "test_metric"))
                            .startsWith("test_metric{foo=\"bar\"," + TARGET + "} ");
                }),
                must("labels", "label_names_not_empty", s -> {
                    s.lines(scrape().gauge("test_metric", 42, "label", "value"));
                    assertThat(request(s).must).isEmpty();
                }),
                // The suite lets it be; the specification has since come to say that empty values must not be sent.
                may("labels", "label_values_may_be_empty", s -> {
                    Scrape scrape = s.form == SenderUnderTest.Form.SERIES
                            ? scrape().gauge("test_metric", 42)
                            : scrape().gauge("test_metric", 42, "empty", "");
                    assertThat(s.line(scrape, "test_metric")).startsWith("test_metric{" + TARGET + "} ");
                }),
                // One that a target uses itself is passed on, as Prometheus does: without, two series could be one.
                should(
                        "labels",
                        "reserved_label_prefix",
                        s -> assertThat(s.line(
                                        scrape().gauge("test_metric", 42, "__x", "theirs", "normal", "value"),
                                        "test_metric"))
                                .startsWith("test_metric{__x=\"theirs\",")
                                .contains("normal=\"value\"")
                                .satisfies(
                                        line -> assertThat(line.split("__", -1)).hasSize(2))),
                must(
                        "labels",
                        "unicode_in_label_values",
                        s -> assertThat(s.line(
                                        scrape().gauge("test_metric", 42, "chinese", "测试", "emoji", "🚀"),
                                        "test_metric"))
                                .startsWith("test_metric{chinese=\"测试\",emoji=\"🚀\"," + TARGET + "} ")),
                must(
                        "labels",
                        "special_chars_in_label_values",
                        s -> assertThat(s.line(
                                        scrape().gauge(
                                                        "test_metric",
                                                        42,
                                                        "path",
                                                        "/api/v1/users",
                                                        "query",
                                                        "foo=bar&baz=\"q\\x\""),
                                        "test_metric"))
                                .contains("path=\"/api/v1/users\",query=\"foo=bar&baz=\"q\\x\"\"")),
                should(
                        "labels",
                        "very_long_label_names",
                        s -> assertThat(s.line(scrape().gauge("test_metric", 42, long60, "value"), "test_metric"))
                                .contains(long60 + "=\"value\"")),
                should(
                        "labels",
                        "very_long_label_values",
                        s -> assertThat(s.line(
                                        scrape().gauge("test_metric", 42, "d", "long text ".repeat(40)), "test_metric"))
                                .contains("d=\"" + "long text ".repeat(40) + "\"")),
                should("labels", "many_labels_per_series", s -> {
                    String[] labels = new String[40];
                    for (int i = 0; i < 20; i++) {
                        labels[2 * i] = "l" + i;
                        labels[2 * i + 1] = "v" + i;
                    }
                    String line = s.line(scrape().gauge("test_metric", 42, labels), "test_metric");
                    for (int i = 0; i < 20; i++) {
                        assertThat(line).contains("l" + i + "=\"v" + i + "\"");
                    }
                }));
    }

    private static SenderCase.Check value(String name, double value) {
        return s -> assertThat(s.line(scrape().gauge(name, value), name)).contains("} " + value + "@" + T + " [gauge");
    }

    static List<SenderCase> samples() {
        return List.of(
                must("samples", "float_value_encoding", value("test_metric", 123.45)),
                must("samples", "integer_value_encoding", value("test_metric", 42)),
                must("samples", "zero_value_encoding", value("test_gauge", 0)),
                must("samples", "negative_value_encoding", value("temperature_celsius", -15.5)),
                must("samples", "positive_infinity_encoding", value("test_gauge", Double.POSITIVE_INFINITY)),
                must("samples", "negative_infinity_encoding", value("test_gauge", Double.NEGATIVE_INFINITY)),
                must("samples", "nan_encoding", value("test_gauge", Double.NaN)),
                must(
                        "samples",
                        "timestamp_milliseconds_format",
                        s -> assertThat(s.line(scrape().at(1_712_345_678_901L).gauge("test_metric", 42), "test_metric"))
                                .contains(" 42.0@1712345678901 ")),
                should("samples", "timestamp_recent", s -> {
                    long now = System.currentTimeMillis();
                    assertThat(s.line(scrape().at(now).gauge("test_metric", 42), "test_metric"))
                            .contains("@" + now);
                }),
                may("samples", "multiple_samples_same_series", s -> {
                    s.send(scrape().at(T).counter("test_counter_total", 100))
                            .send(scrape().at(T + 1).counter("test_counter_total", 101))
                            .settle();
                    assertThat(s.receiver.lines())
                            .map(line -> line.replaceAll(".*} ([^ ]+) .*", "$1"))
                            .containsExactly("100.0@" + T, "101.0@" + (T + 1));
                }),
                must("samples", "large_float_values", value("test_large", 1.7976931348623157e308)),
                must("samples", "small_float_values", value("test_small", 2.2250738585072014e-308)),
                must("samples", "scientific_notation", value("test_scientific", 1.23e-4)),
                should("samples", "precision_preservation", value("test_precision", 0.123456789012345)),
                should(
                        "samples",
                        "job_instance_labels_present",
                        s -> assertThat(s.line(scrape().gauge("test_metric", 42), "test_metric"))
                                .startsWith("test_metric{instance=\"localhost:9090\",job=\"test\"} ")));
    }

    private static Scrape counterSince(long start) {
        return scrape().series(Scrape.COUNTER, "test_counter_total")
                .since(start)
                .value(100)
                .end();
    }

    private static SenderCase.Check ordered() {
        return s -> {
            s.lines(scrape().series(Scrape.GAUGE, "metric_a")
                    .value(T - 2, 1)
                    .value(T - 1, 2)
                    .value(T, 3)
                    .end());
            assertThat(s.receiver.lines().stream()
                            .map(line -> line.replaceAll(".*} | \\[.*", ""))
                            .collect(Collectors.joining(" ")))
                    .isEqualTo("1.0@" + (T - 2) + " 2.0@" + (T - 1) + " 3.0@" + T);
        };
    }

    static List<SenderCase> timestamps() {
        return List.of(
                must(
                        "timestamps",
                        "timestamp_int64_milliseconds",
                        s -> assertThat(s.line(scrape().counter("test_counter_total", 42), "test_counter_total"))
                                .contains("@" + T + " ")),
                must("timestamps", "timestamp_ordering_within_series", ordered()),
                may(
                        "timestamps",
                        "created_timestamp_for_counters",
                        s -> assertThat(s.line(counterSince(T - 5000), "test_counter_total"))
                                .contains(" since " + (T - 5000) + " ")),
                may("timestamps", "created_timestamp_for_histograms", s -> {
                    Scrape scrape = scrape();
                    for (String part : List.of("sum", "count")) {
                        scrape.series(Scrape.HISTOGRAM, "test_histogram_" + part)
                                .since(T - 5000)
                                .value(100)
                                .end();
                    }
                    assertThat(s.line(scrape, "test_histogram_count")).contains(" since " + (T - 5000) + " ");
                }),
                should(
                        "timestamps",
                        "created_timestamp_zero_handling",
                        s -> assertThat(s.line(scrape().counter("test_counter_total", 50), "test_counter_total"))
                                .doesNotContain(" since ")),
                should(
                        "timestamps",
                        "timestamp_precision",
                        s -> assertThat(s.line(scrape().at(T + 123).gauge("test_metric", 42), "test_metric"))
                                .contains("@" + (T + 123) + " ")),
                should("timestamps", "timestamp_future_values", s -> {
                    long future = System.currentTimeMillis() + 60_000;
                    assertThat(s.line(scrape().at(future).gauge("test_metric", 42), "test_metric"))
                            .contains("@" + future + " ");
                }),
                should("timestamps", "created_timestamp_before_sample_timestamp", s -> {
                    String line = s.line(counterSince(T - 1), "test_counter_total");
                    assertThat(line).contains("@" + T + " since " + (T - 1) + " ");
                }));
    }

    private static SenderCase.Check type(int type, String word) {
        return s -> assertThat(
                        s.line(scrape().series(type, "m").help("Help.").value(1).end(), "m"))
                .endsWith(" [" + word + "|Help.|]");
    }

    private static SenderCase.Check part(int type, String name, String word) {
        return s -> {
            Scrape scrape = scrape();
            scrape.series(type, name + "_sum").help("Help.").value(50).end();
            scrape.series(type, name + "_count").help("Help.").value(100).end();
            assertThat(s.line(scrape, name + "_count")).endsWith(" [" + word + "|Help.|]");
        };
    }

    private static SenderCase.Check help(String text) {
        return s -> assertThat(s.line(
                        scrape().series(Scrape.GAUGE, "m").help(text).value(1).end(), "m"))
                .endsWith(" [gauge|" + text + "|]");
    }

    static List<SenderCase> metadata() {
        return List.of(
                should("metadata", "metadata_type_counter", type(Scrape.COUNTER, "counter")),
                should("metadata", "metadata_type_gauge", type(Scrape.GAUGE, "gauge")),
                should("metadata", "metadata_type_histogram", part(Scrape.HISTOGRAM, "d_seconds", "histogram")),
                should("metadata", "metadata_type_summary", part(Scrape.SUMMARY, "rpc_seconds", "summary")),
                should("metadata", "metadata_help_text", help("The total number of HTTP requests")),
                may(
                        "metadata",
                        "metadata_unit",
                        s -> assertThat(s.line(
                                        scrape().series(Scrape.GAUGE, "memory_usage_bytes")
                                                .unit("bytes")
                                                .value(1)
                                                .end(),
                                        "memory_usage_bytes"))
                                .endsWith(" [gauge||bytes]")),
                should("metadata", "metadata_help_with_newlines", help("This is a help text\nof two lines")),
                should("metadata", "metadata_help_with_special_chars", help("has \"quotes\" and \\backslashes\\ 🚀")),
                must("metadata", "metadata_help_refs_valid", s -> {
                    s.lines(scrape().series(Scrape.COUNTER, "m_bytes_total")
                            .help("h")
                            .unit("bytes")
                            .value(1)
                            .end());
                    assertThat(request(s).must).isEmpty();
                }),
                should("metadata", "metadata_consistent_across_series", s -> {
                    Scrape scrape = scrape();
                    for (String method : List.of("GET", "POST")) {
                        scrape.series(Scrape.COUNTER, "r_total", "method", method)
                                .help("Requests.")
                                .value(1)
                                .end();
                    }
                    assertThat(s.lines(scrape)).hasSize(2).allMatch(line -> line.endsWith(" [counter|Requests.|]"));
                }),
                may(
                        "metadata",
                        "metadata_empty_help_allowed",
                        s -> assertThat(only(s.lines(scrape().counter("no_help", 42)), "no_help"))
                                .endsWith(" [counter||]")));
    }
}
