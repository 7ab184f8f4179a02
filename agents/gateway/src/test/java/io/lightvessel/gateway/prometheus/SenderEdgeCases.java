package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.prometheus.SenderCase.must;
import static io.lightvessel.gateway.prometheus.SenderCase.should;
import static io.lightvessel.gateway.prometheus.SenderContentCases.T;
import static io.lightvessel.gateway.prometheus.SenderContentCases.request;
import static io.lightvessel.gateway.prometheus.SenderContentCases.scrape;
import static io.lightvessel.gateway.prometheus.SenderUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Scrape;
import io.lightvessel.pipeline.DropReason;
import java.util.List;
import java.util.Map;

/** Unusual contents, batches, and how requests look from outside. */
final class SenderEdgeCases {

    private SenderEdgeCases() {}

    private static Scrape many(int series) {
        Scrape scrape = scrape();
        for (int i = 0; i < series; i++) {
            scrape.gauge("metric", i, "label", "" + i);
        }
        return scrape;
    }

    static List<SenderCase> edge() {
        return List.of(
                should("edge", "empty_scrape", s -> {
                    assertThat(s.lines(scrape())).isEmpty();
                    assertThat(s.receiver.bodies)
                            .as("an empty request is none")
                            .hasSize(s.form == SenderUnderTest.Form.SCRAPED ? 1 : 0);
                    assertThat(s.lines(scrape().gauge("m", 1))).hasSize(1);
                }),
                should(
                        "edge",
                        "huge_label_values",
                        s -> assertThat(s.line(scrape().gauge("m", 1, "huge", "x".repeat(20_000)), "m"))
                                .contains("huge=\"" + "x".repeat(20_000) + "\"")),
                must(
                        "edge",
                        "unicode_in_labels",
                        s -> assertThat(s.line(scrape().gauge("m", 1, "greeting", "Grüße, 世界 🌍"), "m"))
                                .contains("greeting=\"Grüße, 世界 🌍\"")),
                should(
                        "edge",
                        "many_timeseries",
                        s -> assertThat(s.lines(many(5000))).hasSize(5000).doesNotHaveDuplicates()),
                should("edge", "high_cardinality", s -> {
                    s.lines(many(2000));
                    assertThat(s.receiver.written.stream().flatMap(r -> r.symbols().stream()))
                            .contains("1999", "0")
                            .hasSizeBetween(2000, 2000 + 20 * s.receiver.written.size());
                }),
                should("edge", "very_long_metric_name", s -> {
                    String name = "very_long_metric_name_".repeat(20);
                    assertThat(s.line(scrape().gauge(name, 1), name)).contains("} 1.0@");
                }),
                must("edge", "special_float_combinations", s -> {
                    List<String> lines = s.lines(scrape().gauge("a", Double.NaN)
                            .gauge("b", Double.POSITIVE_INFINITY)
                            .gauge("c", Double.NEGATIVE_INFINITY)
                            .gauge("d", -0.0)
                            .gauge("e", Double.MIN_VALUE));
                    assertThat(lines)
                            .map(line -> line.replaceAll(".*} ([^@]+)@.*", "$1"))
                            .containsExactly("NaN", "Infinity", "-Infinity", "-0.0", "4.9E-324");
                }),
                should("edge", "zero_timestamp", s -> {
                    if (s.form != SenderUnderTest.Form.OTLP) {
                        assertThat(s.line(scrape().at(0).gauge("m", 1), "m")).contains(" 1.0@0 ");
                    } else {
                        // In OTLP, 0 says that the time is not known, and remote write has no word for that.
                        s.send(scrape().at(0).gauge("m", 1)).settle();
                        assertThat(s.ledger()
                                        .dropped()
                                        .get(DropReason.NOT_CONVERTIBLE)
                                        .records())
                                .isEqualTo(1);
                    }
                }),
                should(
                        "edge",
                        "future_timestamp",
                        s -> assertThat(s.line(scrape().at(4_000_000_000_000L).gauge("m", 1), "m"))
                                .contains(" 1.0@4000000000000 ")),
                must(
                        "edge",
                        "metric_name_with_colons",
                        s -> assertThat(s.line(
                                        scrape().gauge("http:request:duration:seconds", 0.5),
                                        "http:request:duration:seconds"))
                                .contains("} 0.5@")),
                must("edge", "stale_marker", s -> {
                    if (s.form == SenderUnderTest.Form.SCRAPED) {
                        s.answer("gone 1\nnan NaN\n").answer("nan NaN\n").settle();
                        assertThat(s.receiver.lines())
                                .map(line -> line.replaceAll("\\{.*} ([^@]+)@.*", " $1"))
                                .containsExactlyInAnyOrder("gone 1.0", "nan NaN", "gone stale", "nan NaN");
                        return;
                    }
                    List<String> lines =
                            s.lines(scrape().gauge("gone", Scrape.STALE).gauge("nan", Double.NaN));
                    assertThat(only(lines, "gone")).contains("} stale@");
                    assertThat(only(lines, "nan")).contains("} NaN@");
                }),
                must("edge", "mixed_sample_and_histogram_families", s -> {
                    // Under one name too; what OTLP says twice of one series and time, it says once in the end.
                    s.lines(SenderShapeCases.nativeHistogram(
                            scrape().gauge("native", 5).gauge("plain", 6)));
                    assertThat(request(s).must).isEmpty();
                    assertThat(request(s).samples).isEqualTo(s.form == SenderUnderTest.Form.OTLP ? 1 : 2);
                    assertThat(request(s).histograms).isEqualTo(1);
                }));
    }

    static List<SenderCase> batching() {
        return List.of(
                should("batching", "multiple_series_per_request", s -> {
                    s.lines(scrape().gauge("a", 1).gauge("b", 2).gauge("c", 3));
                    assertThat(s.receiver.written).hasSize(1);
                    assertThat(request(s).lines).hasSize(3);
                }),
                should("batching", "batch_size_reasonable", s -> {
                    s.configure("max_batch_size_bytes: 100000");
                    assertThat(s.lines(many(12_000))).hasSize(12_000);
                    assertThat(s.receiver.written)
                            .hasSizeGreaterThan(3)
                            .allMatch(request -> request.lines.size() <= 10_000);
                }),
                should("batching", "handles_varying_cardinality", s -> {
                    assertThat(s.lines(many(50).gauge("low", 42))).hasSize(51);
                    assertThat(request(s).symbols()).doesNotHaveDuplicates();
                }),
                should("batching", "efficient_symbol_reuse", s -> {
                    // Two targets, one request, each text once.
                    s.configure("batch_send_deadline: 300ms");
                    s.send(scrape().gauge("m", 1, "service", "api"), 1);
                    s.send(Scrape.of("test", "localhost:9091").gauge("m", 1, "service", "api"), 2)
                            .settle();
                    assertThat(s.receiver.lines()).hasSize(2);
                    assertThat(s.receiver.written)
                            .allSatisfy(request -> assertThat(request.symbols()).doesNotHaveDuplicates());
                    if (s.form == SenderUnderTest.Form.SERIES) {
                        assertThat(s.receiver.written).hasSize(1);
                    }
                }),
                should("batching", "metadata_batching", s -> {
                    Scrape scrape = scrape();
                    for (String method : List.of("GET", "POST")) {
                        scrape.series(Scrape.COUNTER, "r_total", "method", method)
                                .help("Requests.")
                                .value(1)
                                .end();
                    }
                    assertThat(s.lines(scrape)).hasSize(2).allMatch(line -> line.endsWith("[counter|Requests.|]"));
                    assertThat(request(s).symbols()).containsOnlyOnce("Requests.");
                }));
    }

    private static SenderCase.Check header(String name, String value) {
        return s -> {
            s.lines(scrape().gauge("test_metric", 42));
            assertThat(s.receiver.headers.getFirst()).containsEntry(name, value);
        };
    }

    static List<SenderCase> protocol() {
        return List.of(
                must("protocol", "content_type_protobuf", s -> {
                    s.lines(scrape().gauge("test_metric", 42));
                    assertThat(s.receiver.headers.getFirst().get("Content-type"))
                            .startsWith("application/x-protobuf");
                }),
                should(
                        "protocol",
                        "content_type_with_proto_param",
                        header("Content-type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")),
                must("protocol", "content_encoding_snappy", header("Content-encoding", "snappy")),
                must("protocol", "version_header_present", s -> {
                    s.lines(scrape().gauge("test_metric", 42));
                    assertThat(s.receiver.headers.getFirst()).containsKey("X-prometheus-remote-write-version");
                }),
                should("protocol", "version_header_value", header("X-prometheus-remote-write-version", "2.0.0")),
                must("protocol", "user_agent_present", s -> {
                    s.lines(scrape().gauge("test_metric", 42));
                    assertThat(s.receiver.headers.getFirst().get("User-agent")).matches("lightvessel-agent/[^ ]+");
                }),
                must("protocol", "snappy_block_format", s -> {
                    s.lines(scrape().gauge("test_metric", 42));
                    byte[] body = s.receiver.bodies.getFirst();
                    assertThat(body[0] & 0xFF)
                            .as("a framed stream begins with 255")
                            .isNotEqualTo(0xFF);
                    assertThat(request(s).lines).hasSize(1);
                }),
                must("protocol", "protobuf_parseable", s -> {
                    s.lines(scrape().gauge("test_metric", 42));
                    assertThat(request(s).must).isEmpty();
                    assertThat(request(s).lines).hasSize(1);
                }));
    }

    static List<SenderCase> singles() {
        return List.of(
                SenderCase.may("single", "TestConcurrentRequests", s -> {
                    // The first answer comes only when the second request is there.
                    s.configure("timeout: 40s, max_batch_size_bytes: 1024");
                    s.lines(scrape().gauge("settle_the_version", 1));
                    java.util.concurrent.CyclicBarrier both = new java.util.concurrent.CyclicBarrier(2);
                    for (int i = 0; i < 2; i++) {
                        s.receiver.answers.add(request -> {
                            try {
                                both.await(10, java.util.concurrent.TimeUnit.SECONDS);
                            } catch (Exception e) {
                                return new StrictReceiver.Answer(400, Map.of(), "came alone");
                            }
                            return StrictReceiver.all(request);
                        });
                    }
                    if (s.form != SenderUnderTest.Form.OTLP) {
                        s.send(scrape().gauge("m", 1), 1);
                        s.send(Scrape.of("test", "other:1").gauge("m", 1), 2);
                    } else {
                        s.send(many(40));
                    }
                    s.settle().assertDelivered();
                }),
                should("single", "TestRobustnessUnderLoad", s -> {
                    for (int i = 0; i < 200; i++) {
                        s.send(scrape().at(T + i).gauge("m", i), 1 + i % 10);
                        if (i % 10 == 3) {
                            s.receiver.answer(503, Map.of(), "busy");
                        }
                    }
                    s.settle().assertDelivered();
                    assertThat(s.delivered()).isGreaterThanOrEqualTo(200).isEqualTo(s.sent());
                }),
                should("single", "TestNetworkErrors", s -> {
                    String url = s.receiver.url();
                    s.to("http://127.0.0.1:1/api/v1/write").send(scrape().gauge("m", 1));
                    SenderUnderTest.await(() -> s.lastError().contains("cannot connect")
                            || s.lastError().contains("refused"));
                    s.to(url).settle().assertDelivered();
                    assertThat(s.receiver.lines()).hasSize(1);
                }),
                must("single", "TestNoFallbackOn2xx", s -> {
                    s.send(scrape().gauge("m", 1)).settle();
                    s.send(scrape().at(T + 1).gauge("m", 1)).settle().assertDelivered();
                    assertThat(s.receiver.headers)
                            .extracting(headers -> headers.get("X-prometheus-remote-write-version"))
                            .containsExactly("2.0.0", "2.0.0");
                }),
                must("single", "TestHTTPMethod", s -> {
                    s.lines(scrape().gauge("m", 1));
                    assertThat(s.receiver.must).as("the receiver asks for POST").isEmpty();
                }),
                should("single", "TestContentTypeNegotiation", s -> {
                    s.receiver.answer(415, Map.of(), "");
                    s.send(scrape().gauge("m", 1)).settle().assertDelivered();
                    assertThat(s.receiver.headers)
                            .extracting(headers -> headers.get("Content-type"))
                            .containsExactly(
                                    "application/x-protobuf;proto=io.prometheus.write.v2.Request",
                                    "application/x-protobuf");
                }),
                must("single", "TestSampleOrdering", s -> {
                    for (int i = 0; i < 50; i++) {
                        if (i % 7 == 2) {
                            s.receiver.answer(500, Map.of(), "again");
                        }
                        s.send(scrape().at(T + i).gauge("m", i), 1);
                    }
                    s.settle().assertDelivered();
                    assertThat(s.receiver.accepted())
                            .map(line -> line.replaceAll(".*} ([^ ]+) .*", "$1"))
                            .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 50)
                                    .mapToObj(i -> (double) i + "@" + (T + i))
                                    .toList());
                }),
                should("single", "TestSymbolTableEfficiency", s -> {
                    Scrape scrape = scrape();
                    for (String method : List.of("GET", "POST", "PUT")) {
                        for (String handler : List.of("/api/v1", "/api/v2")) {
                            scrape.counter("http_requests_total", 1, "handler", handler, "method", method);
                        }
                    }
                    s.lines(scrape);
                    // The empty one, six names, the metric, two handlers, three methods, job and instance; five names
                    // and as many texts of what a scrape says of itself.
                    assertThat(request(s).symbols())
                            .hasSizeLessThanOrEqualTo(s.form == SenderUnderTest.Form.SCRAPED ? 25 : 15)
                            .doesNotHaveDuplicates();
                }));
    }
}
