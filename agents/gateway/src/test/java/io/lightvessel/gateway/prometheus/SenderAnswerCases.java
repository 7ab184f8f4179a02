package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.prometheus.SenderCase.may;
import static io.lightvessel.gateway.prometheus.SenderCase.must;
import static io.lightvessel.gateway.prometheus.SenderCase.should;
import static io.lightvessel.gateway.prometheus.SenderContentCases.T;
import static io.lightvessel.gateway.prometheus.SenderContentCases.scrape;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.pipeline.DropReason;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a sender makes of answers: retries, backoff, fallback, and things that go wrong. */
final class SenderAnswerCases {

    private SenderAnswerCases() {}

    private static SenderCase.Check noRetry(int status) {
        return s -> {
            s.receiver.answer(status, Map.of(), "no");
            s.send(scrape().gauge("m", 42)).settle();
            long lost = s.dropped();
            assertThat(lost).isPositive().isEqualTo(s.sent());
            assertThat(s.receiver.bodies).hasSize(1);
            // What comes after it is sent as usual.
            s.send(scrape().at(T + 1).gauge("m", 43)).settle();
            assertThat(s.receiver.bodies).hasSize(2);
            assertThat(s.delivered()).isPositive().isEqualTo(s.sent() - lost);
        };
    }

    private static SenderCase.Check retry(int status) {
        return s -> {
            s.receiver.answer(status, Map.of(), "later");
            s.receiver.answer(status, Map.of(), "later");
            s.send(scrape().gauge("m", 42)).settle().assertDelivered();
            assertThat(s.receiver.bodies).hasSize(3);
            assertThat(s.receiver.bodies.get(2)).as("the same again").isEqualTo(s.receiver.bodies.get(0));
        };
    }

    static List<SenderCase> retries() {
        return List.of(
                must("retry", "no_retry_on_400", noRetry(400)),
                must("retry", "no_retry_on_401", noRetry(401)),
                must("retry", "no_retry_on_404", noRetry(404)),
                must("retry", "no_retry_on_413", noRetry(413)),
                may("retry", "may_retry_on_429", s -> {
                    retry(429).run(s);
                    s.configure("retry_on_http_429: false");
                    long before = s.sent();
                    s.receiver.answer(429, Map.of(), "too much");
                    s.send(scrape().at(T + 1).gauge("m", 1)).settle();
                    assertThat(s.dropped()).isPositive().isEqualTo(s.sent() - before);
                }),
                must("retry", "retry_on_500", retry(500)),
                must("retry", "retry_on_502", retry(502)),
                must("retry", "retry_on_503", retry(503)),
                must("retry", "retry_on_504", retry(504)));
    }

    /** Times between requests, in milliseconds; they can be longer than asked for, never shorter. */
    private static List<Long> waits(SenderUnderTest s, String retry, int failures) throws Exception {
        s.configure("retry_on_failure: {" + retry + "}");
        for (int i = 0; i < failures; i++) {
            s.receiver.answer(503, Map.of(), "later");
        }
        s.send(scrape().gauge("m", 1)).settle().assertDelivered();
        List<Long> times = s.receiver.times;
        return java.util.stream.IntStream.range(1, times.size())
                .mapToObj(i -> (times.get(i) - times.get(i - 1)) / 1_000_000)
                .toList();
    }

    static List<SenderCase> backoff() {
        String exact = "randomization_factor: 0, ";
        return List.of(
                should("backoff", "exponential_backoff_on_retries", s -> {
                    List<Long> waits = waits(s, exact + "initial_interval: 20ms, multiplier: 2, max_interval: 10s", 4);
                    assertThat(waits).hasSize(4);
                    for (int i = 0; i < 4; i++) {
                        assertThat(waits.get(i)).as("wait " + i).isGreaterThanOrEqualTo((20L << i) - 1);
                    }
                }),
                must(
                        "backoff",
                        "backoff_required",
                        s -> assertThat(waits(s, exact + "initial_interval: 50ms, max_interval: 50ms", 3))
                                .hasSize(3)
                                .allMatch(wait -> wait >= 49)),
                // Without the limit the last of these waits would take hours.
                should(
                        "backoff",
                        "backoff_max_delay",
                        s -> assertThat(waits(
                                        s, exact + "initial_interval: 5ms, multiplier: 3, max_interval: 10ms", 15))
                                .hasSize(15)),
                should("backoff", "backoff_with_jitter", s -> {
                    // Spread from 0 to 120 ms: twelve in a row that are all beyond 55 would be a rare thing.
                    List<Long> waits = waits(
                            s,
                            "randomization_factor: 1, initial_interval: 60ms, multiplier: 1, max_interval: 60ms",
                            12);
                    assertThat(waits).anyMatch(wait -> wait < 55);
                    assertThat(waits).anyMatch(wait -> wait > 65);
                }));
    }

    private static SenderCase.Check success(int status, String body) {
        return s -> {
            s.receiver.answers.add(request -> StrictReceiver.allBut(0, status, request, body));
            s.send(scrape().gauge("m", 42)).settle().assertDelivered();
            assertThat(s.receiver.bodies).hasSize(1);
        };
    }

    private static io.lightvessel.gateway.testing.Scrape three() {
        return scrape().gauge("a", 1).gauge("b", 2).gauge("c", 3);
    }

    static List<SenderCase> responses() {
        return List.of(
                should("responses", "ignore_response_body_on_success", success(200, "error: this is none")),
                may("responses", "process_written_count_headers", s -> {
                    s.receiver.answers.add(request -> StrictReceiver.allBut(1, 204, request, ""));
                    s.send(three()).settle();
                    assertThat(s.delivered()).isEqualTo(s.sent() - 1);
                    assertThat(s.ledger()
                                    .dropped()
                                    .get(DropReason.PARTIAL_REJECTION)
                                    .records())
                            .isEqualTo(1);
                }),
                should("responses", "handle_partial_write_response", s -> {
                    s.receiver.answers.add(request -> StrictReceiver.allBut(1, 400, request, "Rejected 1 sample"));
                    s.send(three()).settle();
                    assertThat(s.delivered()).isEqualTo(s.sent() - 1);
                    assertThat(s.dropped()).isEqualTo(1);
                    assertThat(s.receiver.bodies).hasSize(1);
                }),
                should("responses", "handle_missing_written_headers", s -> {
                    s.receiver.answer(400, Map.of(), "Bad request");
                    s.send(three()).settle();
                    assertThat(s.delivered()).isZero();
                    assertThat(s.dropped()).isGreaterThanOrEqualTo(3).isEqualTo(s.sent());
                }),
                must("responses", "log_error_messages_verbatim", s -> {
                    s.receiver.answer(400, Map.of(), "Error: Invalid label name '__invalid__'");
                    s.send(scrape().gauge("m", 42)).settle();
                    assertThat(s.lastError()).contains("Error: Invalid label name '__invalid__'");
                }),
                should("responses", "handle_large_error_body", s -> {
                    s.receiver.answer(400, Map.of(), "detailed error information; ".repeat(40_000));
                    s.send(scrape().gauge("m", 42)).settle();
                    assertThat(s.lastError())
                            .contains("detailed error information;")
                            .hasSizeLessThan(1000);
                    long before = s.sent();
                    s.send(scrape().at(T + 1).gauge("m", 42)).settle();
                    assertThat(s.delivered()).isPositive().isEqualTo(s.sent() - before);
                }),
                must("responses", "handle_204_no_content", success(204, "")),
                must("responses", "handle_200_ok", success(200, "OK")));
    }

    static List<SenderCase> fallback() {
        return List.of(
                may("fallback", "fallback_on_415_unsupported_media_type", s -> {
                    s.receiver.answer(415, Map.of(), "");
                    s.send(scrape().gauge("m", 42)).settle().assertDelivered();
                    assertThat(s.ofTarget(Written.lines(s.receiver.bodies.get(1))))
                            .containsExactly("m{" + SenderContentCases.TARGET + "} 42.0@" + T);
                }),
                may("fallback", "retry_with_different_version", s -> {
                    s.receiver.answer(415, Map.of(), "");
                    s.send(scrape().gauge("m", 42)).settle();
                    assertThat(versions(s)).containsExactly("2.0.0", "0.1.0");
                }),
                must("fallback", "fallback_header_changes", s -> {
                    s.receiver.answer(415, Map.of(), "");
                    s.send(scrape().gauge("m", 42)).settle();
                    assertThat(s.receiver.headers.get(1))
                            .containsEntry("Content-type", "application/x-protobuf")
                            .containsEntry("Content-encoding", "snappy")
                            .containsEntry("X-prometheus-remote-write-version", "0.1.0");
                }),
                should("fallback", "accept_success_after_fallback", s -> {
                    s.receiver.answer(415, Map.of(), "");
                    s.receiver.answer(204, Map.of(), "");
                    s.send(scrape().gauge("m", 42)).settle().assertDelivered();
                    assertThat(s.receiver.bodies).hasSize(2);
                }),
                should("fallback", "persistent_fallback_choice", s -> {
                    s.receiver.answer(415, Map.of(), "");
                    for (int i = 0; i < 3; i++) {
                        s.send(scrape().at(T + i).gauge("m", 42)).settle();
                    }
                    assertThat(versions(s)).containsExactly("2.0.0", "0.1.0", "0.1.0", "0.1.0");
                }));
    }

    static List<String> versions(SenderUnderTest s) {
        return s.receiver.headers.stream()
                .map(headers -> headers.getOrDefault("X-prometheus-remote-write-version", ""))
                .toList();
    }

    /** Goes on with the real receiver once the trouble has shown, and delivers what was held up. */
    private static SenderCase.Check troubled(String url, String... words) {
        return s -> {
            String good = s.receiver.url();
            s.to(url).send(scrape().gauge("m", 1));
            SenderUnderTest.await(() -> java.util.Arrays.stream(words)
                    .anyMatch(word -> s.lastError().contains(word)));
            s.to(good).settle().assertDelivered();
            assertThat(s.receiver.lines()).hasSize(1);
        };
    }

    /** A server that answers each connection with some bytes, or not at all. */
    private static SenderCase.Check answeredWith(String bytes, String word) {
        return s -> {
            try (ServerSocket server = new ServerSocket(0)) {
                Thread.ofVirtual().start(() -> {
                    while (!server.isClosed()) {
                        try {
                            Socket socket = server.accept();
                            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                            socket.getOutputStream().flush();
                            if (!bytes.isEmpty()) {
                                Thread.sleep(50);
                                socket.close();
                            }
                        } catch (Exception e) {
                            return;
                        }
                    }
                });
                String good = s.receiver.url();
                s.to("http://127.0.0.1:" + server.getLocalPort() + "/write");
                s.configure("timeout: 200ms").send(scrape().gauge("m", 1));
                SenderUnderTest.await(() -> s.lastError().contains(word));
                s.to(good).settle().assertDelivered();
            }
        };
    }

    static List<SenderCase> errors() {
        return List.of(
                should(
                        "errors",
                        "handle_connection_refused",
                        troubled("http://127.0.0.1:1/write", "connect", "refused")),
                should("errors", "handle_timeout", answeredWith("", "no answer within 200 ms")),
                should("errors", "handle_partial_write", s -> {
                    s.receiver.answers.add(request -> StrictReceiver.allBut(2, 400, request, "half"));
                    s.send(three()).settle();
                    assertThat(s.delivered()).isEqualTo(s.sent() - 2);
                    assertThat(s.dropped()).isEqualTo(2);
                }),
                should("errors", "handle_malformed_response", answeredWith("this is no HTTP\r\n\r\n", "HTTP")),
                must("errors", "sender_continues_after_errors", s -> {
                    for (int status : new int[] {400, 500, 404, 503}) {
                        s.receiver.answer(status, Map.of(), "no");
                    }
                    for (int i = 0; i < 5; i++) {
                        s.send(scrape().at(T + i).gauge("m", i)).settle();
                    }
                    assertThat(s.delivered()).isEqualTo(s.sent() / 5 * 3);
                    assertThat(s.dropped()).isPositive().isEqualTo(s.sent() / 5 * 2);
                }),
                should("errors", "handle_invalid_status_code", s -> {
                    s.receiver.answer(418, Map.of(), "teapot");
                    s.send(scrape().gauge("m", 1)).settle();
                    assertThat(s.lastError()).contains("HTTP status 418: teapot");
                    assertThat(s.dropped()).isPositive().isEqualTo(s.sent());
                    assertThat(s.receiver.bodies).hasSize(1);
                }),
                should("errors", "handle_empty_response", s -> {
                    s.receiver.answer(500, Map.of(), "");
                    s.send(scrape().gauge("m", 1)).settle().assertDelivered();
                }),
                should("errors", "handle_large_error_response", s -> {
                    s.receiver.answer(500, Map.of(), "x".repeat(1 << 20));
                    s.send(scrape().gauge("m", 1)).settle().assertDelivered();
                    assertThat(s.receiver.bodies).hasSize(2);
                }),
                should("errors", "dns_resolution_failure", troubled("http://nowhere.invalid/write", "nowhere.invalid")),
                must(
                        "errors",
                        "invalid_url_scheme",
                        s -> assertThat(SenderUnderTest.findings("ftp://example.com/write"))
                                .contains("endpoint")));
    }
}
