package io.lightvessel.gateway.scrape;

import static io.lightvessel.gateway.testing.HostileServer.head;
import static io.lightvessel.gateway.testing.HostileServer.hold;
import static io.lightvessel.gateway.testing.HostileServer.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.HostileServer;
import io.lightvessel.gateway.testing.RealPrometheus;
import io.lightvessel.gateway.testing.SeriesLines;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.TargetSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that answer with anything but a page, beside one that is fine, scraped by the receiver and by a real Prometheus. */
class HostileTargetsIT {
    private static final String TEXT = "Content-Type: text/plain; version=0.0.4";
    private static final String GZIP = "Content-Encoding: gzip";
    private static final long BUDGET = 64 << 20;
    private static final String GOOD = "neighbour";
    /** Prometheus 2 takes any type it does not know for text; the fallback came with 3. */
    private static final Set<String> NOT_LIKE_PROMETHEUS_2 = Set.of("image", "typeless");

    /** @param error what the target's error contains; empty when the scrape succeeds */
    private record Hostile(String settings, String error, HostileServer.Answer answer) {}

    @TempDir
    Path directory;

    private final Map<String, Hostile> hostile = new LinkedHashMap<>();
    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("prometheus", BUDGET);
    private final Discoveries discoveries = new Discoveries(transport);
    private HostileServer server;
    private HostileServer elsewhere;
    private PrometheusReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        server = new HostileServer();
        elsewhere = new HostileServer();
    }

    @AfterEach
    void stop() throws IOException {
        if (receiver != null) {
            receiver.stop(Duration.ofSeconds(2));
        }
        discoveries.close();
        transport.close();
        server.close();
        elsewhere.close();
    }

    private void on(String name, String settings, String error, HostileServer.Answer answer) {
        hostile.put(name, new Hostile(settings, error, answer));
        server.answers.put("/" + name, answer);
    }

    private static HostileServer.Answer raw(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HostileServer.Answer redirect(String location) {
        return raw(
                "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n");
    }

    private static byte[] gzip(int zeros) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 8192)) {
            byte[] piece = new byte[1 << 20];
            Arrays.fill(piece, (byte) '\n');
            for (int left = zeros; left > 0; left -= piece.length) {
                gzip.write(piece, 0, Math.min(left, piece.length));
            }
        }
        return packed.toByteArray();
    }

    private static HostileServer.Answer packed(byte[] body) {
        return out -> {
            out.write(head(TEXT, GZIP, "Content-Length: " + body.length));
            out.write(body);
        };
    }

    private void bodies() throws IOException {
        byte[] bomb = gzip(50 << 20);
        on("endless", "body_size_limit: 100KB", "body_size_limit exceeded: more than 102400 bytes", out -> {
            out.write(head(TEXT));
            hold(out, "x 1\n".repeat(2000).getBytes(StandardCharsets.UTF_8));
        });
        on("large", "body_size_limit: 100KB", "body_size_limit exceeded", page("x 1\n".repeat(50_000)));
        on("bomb", "body_size_limit: 1MB", "body_size_limit exceeded: more than 1048576 bytes unpacked", packed(bomb));
        on("damaged", "", "the gzip body is damaged", packed(new byte[] {31, (byte) 139, 8, 0, 1, 2, 3, 4, 5, 6, 7}));
        on("half-packed", "", "the gzip body is damaged", packed(Arrays.copyOf(bomb, 5000)));
        on("drip", "", "no answer within 700 ms", out -> {
            out.write(head(TEXT));
            hold(out, "x".getBytes(StandardCharsets.UTF_8));
        });
        on("silent", "", "no answer within 700 ms", out -> hold(out, new byte[0]));
        on("cut", "", "closed", out -> {
            out.write(head(TEXT, "Content-Length: 1000"));
            out.write("a 1\n".getBytes(StandardCharsets.UTF_8));
        });
        on("cut-chunk", "", "closed", out -> {
            out.write(head(TEXT, "Transfer-Encoding: chunked"));
            out.write("4\r\na 1\n\r\n".getBytes(StandardCharsets.UTF_8));
        });
        on("huge-announced", "", "closed", out -> {
            out.write(head(TEXT, "Content-Length: 9000000000000000000"));
            out.write("a 1\n".getBytes(StandardCharsets.UTF_8));
        });
    }

    private void http() {
        on("status-line", "", "the answer is no HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        on("noise", "", "", out -> out.write(new byte[5000]));
        on("headers", "", "the answer is no HTTP", out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
            hold(out, "X-Flood: yyyyyyyyyyyyyyyyyyyy\r\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        });
        on(
                "continue",
                "",
                "no answer within 700 ms",
                out -> hold(out, "HTTP/1.1 102 Processing\r\n\r\n".repeat(10).getBytes(StandardCharsets.UTF_8)));
        on(
                "bad-chunk",
                "",
                "the answer is no HTTP",
                raw("HTTP/1.1 200 OK\r\n" + TEXT + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\na 1\n\r\n"));
        on(
                "status-500",
                "",
                "server returned HTTP status 500",
                raw("HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        on(
                "status-204",
                "",
                "server returned HTTP status 204",
                raw("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        on("loop", "", "stopped after 10 redirects", redirect("/loop"));
        on("to-file", "", "a redirect to another scheme", redirect("file:///etc/passwd"));
        on("to-nothing", "", "refused", redirect("http://127.0.0.1:1/"));
        on("not-followed", "follow_redirects: false", "server returned HTTP status 302", redirect("/fine"));
        on(
                "to-other",
                "basic_auth: {username: u, password: hidden}",
                "",
                redirect("http://" + elsewhere.address() + "/fine"));
        on("image", "", "and no fallback_scrape_protocol is set", page("image/png", bytes("a 1\n")));
        on("typeless", "", "and no fallback_scrape_protocol is set", out -> {
            out.write(head("Content-Length: 4"));
            out.write(bytes("a 1\n"));
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void contents() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.append("m{i=\"").append(i).append("\"} 1\n");
        }
        StringBuilder wide = new StringBuilder("wide{");
        for (int i = 0; i < 100; i++) {
            wide.append('l').append(i).append("=\"v\",");
        }
        String text = "text/plain; version=0.0.4";
        on("many", "sample_limit: 1000", "sample_limit", page(many.toString()));
        on("wide", "label_limit: 20", "label_limit", page(wide.append("} 1\n").toString()));
        on(
                "long-name",
                "label_name_length_limit: 50",
                "label_name_length_limit",
                page("a{" + "n".repeat(51) + "=\"v\"} 1\n"));
        on(
                "long-value",
                "label_value_length_limit: 1000",
                "label_value_length_limit",
                page("a{n=\"" + "v".repeat(1_000_000) + "\"} 1\n"));
        on("duplicates", "", "", page("a 1\na 2\na 1\n"));
        on("empty", "", "", page(""));
        on("utf8-value", "", "UTF-8", page(text, bytes("a{b=\"\u00ff\u00fe\"} 1\n")));
        on("utf8-name", "", "", page(text, bytes("a\u00ff 1\n")));
        on("page", "", "", page(text, bytes("<html><body>no</body></html>\n")));
        on("no-eof", "", "EOF", page("application/openmetrics-text; version=1.0.0", bytes("a 1\n")));
        on(
                "no-protobuf",
                "",
                "",
                page(
                        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
                        bytes("\u00ff\u00ff\u00ff\u00ff\u007f")));
    }

    /** Only those that can end in no other way have less time than a busy machine may need. */
    private String timeout(String name) {
        return hostile.containsKey(name) && hostile.get(name).error().contains("700 ms") ? "700ms" : "2s";
    }

    private String jobs(boolean ours) {
        StringBuilder jobs = new StringBuilder();
        Map<String, String> settings = new LinkedHashMap<>();
        hostile.forEach((name, one) -> settings.put(name, one.settings()));
        settings.put(GOOD, "");
        if (ours) {
            settings.put("fallback", "fallback_scrape_protocol: PrometheusText0.0.4");
        }
        settings.forEach((name, more) -> jobs.append("""
                - job_name: %s
                  scrape_interval: 2s
                  scrape_timeout: %s
                  metrics_path: /%s
                  static_configs: [{targets: ["%s"]}]
                """.formatted(name, timeout(name), name, server.address()))
                .append(more.isEmpty() ? "" : "  " + more + "\n"));
        return jobs.toString();
    }

    private void run() throws Exception {
        var settings = TestContext.settings(
                "receivers", "prometheus", """
                prometheus:
                  config:
                    scrape_configs:
                %s""".formatted(jobs(true).indent(4)));
        Prepared<Receiver> prepared =
                new PrometheusReceiverFactory(transport, discoveries).prepare(context, settings, null);
        prepared.commit();
        receiver = (PrometheusReceiver) prepared.component();
    }

    private Map<String, TargetSnapshot> targets() {
        return receiver.targets().stream().collect(Collectors.toMap(TargetSnapshot::job, target -> target));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.holds() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
    }

    private boolean allScraped() {
        return targets().size() > hostile.size()
                && targets().values().stream().allMatch(target -> target.lastScrape() != null);
    }

    /** All values of {@code up} that have been sent, by job. */
    private Map<String, Set<String>> ups() {
        return context.taken.stream()
                .flatMap(taken -> SeriesLines.of(taken.bytes()).stream())
                .filter(line -> line.startsWith("up{"))
                .collect(Collectors.groupingBy(
                        line -> line.replaceFirst(".*job=\"", "").replaceFirst("\".*", ""),
                        TreeMap::new,
                        Collectors.mapping(
                                line -> line.replaceFirst(".*} ", "").replaceFirst("@.*", ""), Collectors.toSet())));
    }

    @Test
    void eachIsDownForAReasonAndTheOthersAreNotDisturbed() throws Exception {
        bodies();
        http();
        contents();
        Set<String> failing = hostile.keySet().stream()
                .filter(name -> !Set.of("duplicates", "empty", "to-other").contains(name))
                .collect(Collectors.toSet());
        server.answers.put("/fallback", page("image/png", bytes("a 1\n")));
        run();
        await(this::allScraped);
        await(() -> context.taken.size() > 2 * targets().size());
        Map<String, String> errors = new TreeMap<>();
        targets().forEach((job, target) -> errors.put(job, target.error()));
        assertThat(ups())
                .allSatisfy((job, values) -> assertThat(values)
                        .as(job + ": " + errors.get(job))
                        .containsExactly(failing.contains(job) ? "0.0" : "1.0"));
        assertThat(errors).allSatisfy((job, error) -> {
            if (failing.contains(job)) {
                assertThat(error).as(job).isNotEmpty().contains(hostile.get(job).error());
            } else {
                assertThat(error).as(job).isEmpty();
            }
        });
        assertThat(errors.values()).noneMatch(error -> error.contains("hidden") || error.length() > 1000);
        assertThat(elsewhere.requests).isNotEmpty().noneMatch(request -> request.contains("uthorization"));
        assertThat(server.requests).anyMatch(request -> request.toLowerCase().contains("authorization: basic"));

        server.answers.clear();
        hostile.keySet().forEach(name -> server.answers.put("/" + name, page("fine 1\n")));
        await(() -> targets().values().stream().allMatch(target -> target.state() == TargetSnapshot.State.UP));
        assertThat(targets())
                .allSatisfy((_, target) -> assertThat(target.state()).isEqualTo(TargetSnapshot.State.UP));

        receiver.stop(Duration.ofSeconds(2));
        await(() -> context.budget.used() == 0);
        assertThat(context.budget.used()).isZero();
    }

    @Test
    void eachIsUpOrDownAsForPrometheus() throws Exception {
        Optional<Path> program = RealPrometheus.program();
        assumeTrue(program.isPresent(), "prometheus is not installed");
        bodies();
        http();
        contents();
        run();
        try (RealPrometheus theirs =
                RealPrometheus.start(program.get(), directory, "scrape_configs:\n" + jobs(false))) {
            await(() -> theirs.query("up").size() == hostile.size() + 1);
            await(this::allScraped);
            Map<String, String> found = new TreeMap<>();
            Map<String, String> expected = new TreeMap<>();
            for (RealPrometheus.Sample up : theirs.query("up")) {
                String job = up.labels().get("job");
                if (!NOT_LIKE_PROMETHEUS_2.contains(job)) {
                    expected.put(job, up.value().replace("\"", ""));
                    found.put(job, targets().get(job).state() == TargetSnapshot.State.UP ? "1" : "0");
                }
            }
            assertThat(found).isEqualTo(expected).hasSize(hostile.size() + 1 - NOT_LIKE_PROMETHEUS_2.size());
        }
    }

    @Test
    void aBodyWithoutEndOrLimitLeavesRoomForOthers() throws Exception {
        byte[] bomb = gzip(200 << 20);
        on("endless", "", "", out -> {
            out.write(head(TEXT));
            hold(out, "x 1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        });
        on("bomb", "", "memory budget", packed(bomb));
        run();
        await(this::allScraped);
        await(() -> context.taken.size() > 3 * targets().size());
        Map<String, TargetSnapshot> targets = targets();
        assertThat(ups().get(GOOD)).containsExactly("1.0");
        assertThat(ups().get("endless")).containsExactly("0.0");
        assertThat(ups().get("bomb")).containsExactly("0.0");
        assertThat(targets.get("bomb").error()).contains("memory budget");
        assertThat(targets.get("endless").error()).contains("memory budget was spent when");
        receiver.stop(Duration.ofSeconds(2));
        await(() -> context.budget.used() == 0);
        assertThat(context.budget.used()).isZero();
    }
}
