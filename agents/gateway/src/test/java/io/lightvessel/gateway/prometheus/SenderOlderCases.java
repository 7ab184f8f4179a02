package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.prometheus.SenderCase.may;
import static io.lightvessel.gateway.prometheus.SenderCase.must;
import static io.lightvessel.gateway.prometheus.SenderCase.should;
import static io.lightvessel.gateway.prometheus.SenderCase.v1;
import static io.lightvessel.gateway.prometheus.SenderContentCases.T;
import static io.lightvessel.gateway.prometheus.SenderContentCases.TARGET;
import static io.lightvessel.gateway.prometheus.SenderContentCases.scrape;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Scrape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Remote write 1.0: its compatibility cases, and the suite that came before. */
final class SenderOlderCases {

    private static final String V1 = "protobuf_message: prometheus.WriteRequest";

    private SenderOlderCases() {}

    private static List<String> older(SenderUnderTest s, Scrape scrape) throws Exception {
        s.configure(V1).send(scrape).settle().assertDelivered();
        return all(s);
    }

    private static List<String> all(SenderUnderTest s) {
        return s.ofTarget(s.receiver.bodies.stream()
                .flatMap(body -> {
                    try {
                        return Written.lines(body).stream();
                    } catch (java.io.IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList());
    }

    private static SenderCase.Check sends(Scrape scrape, String... lines) {
        return s -> assertThat(older(s, scrape)).containsExactlyInAnyOrder(lines);
    }

    private static String sample(String name, String labels, String value) {
        return name + "{" + labels + "} " + value + "@" + T;
    }

    static List<SenderCase> compatibility() {
        return List.of(
                should("rw1", "rw1_version_header", s -> {
                    older(s, scrape().gauge("m", 42));
                    assertThat(SenderAnswerCases.versions(s)).containsExactly("0.1.0");
                }),
                should("rw1", "rw1_content_type", s -> {
                    older(s, scrape().gauge("m", 42));
                    assertThat(s.receiver.headers.getFirst()).containsEntry("Content-type", "application/x-protobuf");
                }),
                must(
                        "rw1",
                        "rw1_samples_encoding",
                        sends(scrape().counter("c_total", 100), sample("c_total", TARGET, "100.0"))),
                must(
                        "rw1",
                        "rw1_labels_encoding",
                        sends(
                                scrape().gauge("m", 42, "label", "value"),
                                sample("m", TARGET + ",label=\"value\"", "42.0"))),
                must(
                        "rw1",
                        "rw1_no_native_histograms",
                        s -> assertThat(older(s, SenderShapeCases.classic(scrape(), "h", 100, 250, "+Inf")))
                                .containsExactlyInAnyOrder(
                                        sample("h_bucket", TARGET + ",le=\"+Inf\"", "100.0"),
                                        sample("h_sum", TARGET, "250.0"),
                                        sample("h_count", TARGET, "100.0"))),
                must("rw1", "rw1_no_created_timestamp", s -> {
                    older(
                            s,
                            scrape().series(Scrape.COUNTER, "c_total")
                                    .since(T - 1000)
                                    .value(1)
                                    .end());
                    assertThat(Written.sampleFields(s.receiver.bodies.getFirst()))
                            .containsOnly("[1, 2]");
                }),
                may("rw1", "rw1_metadata_handling", s -> {
                    s.configure(V1 + ", send_metadata: true")
                            .send(scrape().series(Scrape.COUNTER, "c_total")
                                    .help("All.")
                                    .value(1)
                                    .end())
                            .settle();
                    assertThat(Written.metadata(s.receiver.bodies.getFirst()))
                            .filteredOn(line -> !line.startsWith("up ") && !line.startsWith("scrape_"))
                            .containsExactly("c_total 1 All. ");
                }),
                must("rw1", "rw1_symbol_table_not_used", s -> {
                    older(s, scrape().gauge("r", 1, "method", "GET").gauge("r", 2, "method", "POST"));
                    assertThat(Written.fields(s.receiver.bodies.getFirst())).containsExactly(1);
                }));
    }

    /** What a scrape says of itself, which comes to the other forms as any series. */
    private static SenderCase.Check up(String answer, String value) {
        return s -> {
            if (s.form == SenderUnderTest.Form.SCRAPED) {
                s.receiver.reportsApart = false;
                s.configure(V1).answer(answer).settle().assertDelivered();
                assertThat(all(s))
                        .filteredOn(line -> line.startsWith("up{"))
                        .singleElement()
                        .asString()
                        .startsWith("up{" + TARGET + "} " + value + "@");
            } else {
                sends(scrape().gauge("up", Double.parseDouble(value)), sample("up", TARGET, value))
                        .run(s);
            }
        };
    }

    static List<SenderCase> suite() {
        Scrape histogram = SenderShapeCases.classic(scrape(), "h", 3, 4, "1.5", "+Inf");
        return List.of(
                v1("Counter", sends(scrape().counter("c_total", 5), sample("c_total", TARGET, "5.0"))),
                v1("Gauge", sends(scrape().gauge("g", -1.5), sample("g", TARGET, "-1.5"))),
                v1(
                        "Histogram",
                        sends(
                                histogram,
                                sample("h_bucket", TARGET + ",le=\"1.5\"", "3.0"),
                                sample("h_bucket", TARGET + ",le=\"+Inf\"", "3.0"),
                                sample("h_sum", TARGET, "4.0"),
                                sample("h_count", TARGET, "3.0"))),
                v1("Summary", s -> {
                    Scrape scrape = scrape();
                    scrape.series(Scrape.SUMMARY, "s", "quantile", "0.5")
                            .value(2)
                            .end();
                    scrape.series(Scrape.SUMMARY, "s_sum").value(9).end();
                    scrape.series(Scrape.SUMMARY, "s_count").value(3).end();
                    assertThat(older(s, scrape))
                            .containsExactlyInAnyOrder(
                                    sample("s", TARGET + ",quantile=\"0.5\"", "2.0"),
                                    sample("s_sum", TARGET, "9.0"),
                                    sample("s_count", TARGET, "3.0"));
                }),
                v1("Up", up("g 1\n", "1.0")),
                v1("Invalid", up("g{ 1\n", "0.0")),
                v1(
                        "JobLabel",
                        s -> assertThat(older(s, scrape().gauge("g", 1)).getFirst())
                                .contains("job=\"test\"")),
                v1(
                        "InstanceLabel",
                        s -> assertThat(older(s, scrape().gauge("g", 1)).getFirst())
                                .contains("instance=\"localhost:9090\"")),
                v1("SortedLabels", s -> {
                    s.configure(V1 + ", external_labels: {b: \"2\", k: \"3\"}");
                    s.send(scrape().gauge("g", 1, "z", "5", "a", "1")).settle();
                    assertThat(all(s))
                            .containsExactly(sample("g", "a=\"1\",b=\"2\"," + TARGET + ",k=\"3\",z=\"5\"", "1.0"));
                }),
                v1("RepeatedLabels", s -> {
                    if (s.form == SenderUnderTest.Form.SCRAPED) {
                        up("g{a=\"1\",a=\"2\"} 1\n", "0.0").run(s);
                        assertThat(all(s)).noneMatch(line -> line.startsWith("g{"));
                        return;
                    }
                    s.configure(V1 + ", external_labels: {a: external}");
                    s.send(scrape().gauge("g", 1, "a", "own")).settle();
                    assertThat(all(s)).containsExactly(sample("g", "a=\"own\"," + TARGET, "1.0"));
                }),
                v1("EmptyLabels", s -> {
                    // What was scraped is without them, attributes are left out by the exporter.
                    Scrape scrape = s.form == SenderUnderTest.Form.SERIES
                            ? scrape().gauge("g", 1)
                            : scrape().gauge("g", 1, "empty", "");
                    assertThat(older(s, scrape)).containsExactly(sample("g", TARGET, "1.0"));
                }),
                v1("NameLabel", s -> {
                    older(s, scrape().gauge("g", 1));
                    byte[] body = s.receiver.bodies.getFirst();
                    assertThat(Written.labelNames(body))
                            .filteredOn("__name__"::equals)
                            .hasSameSizeAs(Written.lines(body));
                }),
                v1("HonorLabels", s -> {
                    String prefix = s.form == SenderUnderTest.Form.SCRAPED ? "" : "exported_";
                    assertThat(older(s, scrape().gauge("g", 1, prefix + "instance", "i", prefix + "job", "j")))
                            .containsExactly(
                                    sample("g", "exported_instance=\"i\",exported_job=\"j\"," + TARGET, "1.0"));
                }),
                v1("Staleness", s -> {
                    if (s.form == SenderUnderTest.Form.SCRAPED) {
                        s.configure(V1).answer("g 1\n").answer("").settle();
                        assertThat(all(s))
                                .map(line -> line.replaceAll("@.*", ""))
                                .containsExactly("g{" + TARGET + "} 1.0", "g{" + TARGET + "} stale");
                    } else {
                        sends(scrape().gauge("g", Scrape.STALE), sample("g", TARGET, "stale"))
                                .run(s);
                    }
                }),
                v1("Timestamp", s -> {
                    long now = System.currentTimeMillis();
                    assertThat(older(s, scrape().at(now).gauge("g", 1)))
                            .containsExactly("g{" + TARGET + "} 1.0@" + now);
                }),
                v1("Headers", s -> {
                    older(s, scrape().gauge("g", 1));
                    assertThat(s.receiver.headers.getFirst())
                            .containsEntry("Content-type", "application/x-protobuf")
                            .containsEntry("Content-encoding", "snappy")
                            .containsEntry("X-prometheus-remote-write-version", "0.1.0")
                            .containsKey("User-agent");
                }),
                v1("Ordering", s -> {
                    s.configure(V1);
                    for (int i = 0; i < 30; i++) {
                        s.send(scrape().at(T + i).gauge("g", i));
                    }
                    s.settle();
                    assertThat(all(s))
                            .containsExactlyElementsOf(IntStream.range(0, 30)
                                    .mapToObj(i -> "g{" + TARGET + "} " + (double) i + "@" + (T + i))
                                    .toList());
                }),
                v1("Retries500", s -> {
                    s.configure(V1).receiver.answer(500, Map.of(), "later");
                    s.send(scrape().gauge("g", 1)).settle().assertDelivered();
                    assertThat(s.receiver.bodies).hasSize(2);
                }),
                v1("Retries400", s -> {
                    s.configure(V1).receiver.answer(400, Map.of(), "no");
                    s.send(scrape().gauge("g", 1)).settle();
                    assertThat(s.receiver.bodies).hasSize(1);
                    assertThat(s.dropped()).isPositive().isEqualTo(s.sent());
                }));
    }
}
