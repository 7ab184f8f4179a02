package io.lightvessel.gateway.pprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.pprof.format.TestProfile;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PprofReceiverTest {
    private static final String OFF = "profile.%s: {enabled: false}";
    private static Transport transport;

    private final TestContext context = new TestContext("pprof", 64 << 20);
    private ProfiledApp app;
    private @Nullable Receiver receiver;

    @BeforeAll
    static void open() {
        transport = new Transport(1);
    }

    @AfterAll
    static void shut() {
        transport.close();
    }

    @BeforeEach
    void start() throws Exception {
        app = new ProfiledApp();
    }

    @AfterEach
    void stop() throws Exception {
        if (receiver != null) {
            receiver.stop(Duration.ofSeconds(5));
        }
        app.close();
        Eventually.isTrue("all budget is given back", () -> context.budget.used() == 0);
    }

    /** Runs a job that pulls the given kinds only. */
    private void run(List<String> kinds, String profiling, String job) throws Exception {
        String others = String.join(
                ", ",
                ProfileType.NAMES.stream()
                        .filter(name -> !name.startsWith("godeltaprof") && !name.equals("fgprof"))
                        .filter(name -> !kinds.contains(name))
                        .map(OFF::formatted)
                        .toList());
        String all = profiling.isEmpty() ? others : others.isEmpty() ? profiling : others + ", " + profiling;
        run("{job_name: shop, scrape_interval: 1s, static_configs: [{targets: [\"" + app.address()
                + "\"]}], profiling_config: {" + all + "}" + (job.isEmpty() ? "" : ", " + job) + "}");
    }

    private void run(String job) throws Exception {
        Prepared<Receiver> prepared = new PprofReceiverFactory(transport, new Discoveries(transport))
                .prepare(
                        context,
                        TestContext.settings(
                                "receivers", "pprof", "pprof: {scrape_configs: [" + job + "]}", "profiles"),
                        receiver);
        Receiver former = receiver;
        receiver = prepared.component();
        prepared.commit();
        if (former != null) {
            former.stop(Duration.ofSeconds(5));
        }
    }

    private static TestProfile counts(long a, long b) {
        TestProfile profile = new TestProfile(
                        "alloc_objects/count", "alloc_space/bytes", "inuse_objects/count", "inuse_space/bytes")
                .add("main;a", a, a * 10, 1, 10);
        if (b > 0) {
            profile.add("main;b", b, b * 10, 0, 0);
        }
        return profile.at(1_700_000_000_000_000_000L + a);
    }

    @Test
    void profileIsHandedOnAsTheTargetWroteIt() throws Exception {
        byte[] profile = new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        app.serve("/debug/pprof/goroutine", () -> profile);
        run(List.of("goroutine"), "", "");
        TestContext.Taken taken = context.next();
        PushedProfile pushed = PushedProfile.only(taken.bytes());
        assertThat(pushed.raw()).isEqualTo(profile);
        assertThat(pushed.labels())
                .isEqualTo(Map.of(
                        "__name__",
                        "goroutine",
                        "instance",
                        app.address(),
                        "job",
                        "shop",
                        "service_name",
                        "unspecified"));
        assertThat(taken.records()).isEqualTo(1);
        assertThat(app.asked).allMatch(uri -> uri.equals("/debug/pprof/goroutine"));
    }

    @Test
    void plainProfileIsPacked() throws Exception {
        TestProfile profile = new TestProfile("goroutine/count").add("main;wait", 3);
        app.serve("/debug/pprof/goroutine", profile::bytes);
        run(List.of("goroutine"), "", "");
        PushedProfile pushed = PushedProfile.only(context.next().bytes());
        assertThat(pushed.raw()).startsWith(0x1F, 0x8B);
        assertThat(pushed.profile().values()).isEqualTo(profile.values());
    }

    @Test
    void profileThatWasPackedOnTheWayIsUnwrapped() throws Exception {
        byte[] profile = new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        app.page("/debug/pprof/goroutine", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            ProfiledApp.send(exchange, 200, "application/octet-stream", TestProfile.gzip(profile));
        });
        run(List.of("goroutine"), "", "");
        assertThat(PushedProfile.only(context.next().bytes()).raw()).isEqualTo(profile);
    }

    @Test
    void whatCountsFromTheBeginningBecomesADifference() throws Exception {
        AtomicLong calls = new AtomicLong();
        app.serve(
                "/debug/pprof/allocs",
                () -> counts(calls.incrementAndGet() * 5, 100).gzipped());
        run(List.of("memory"), "", "");
        TestContext.Taken taken = context.next();
        PushedProfile pushed = PushedProfile.only(taken.bytes());
        assertThat(pushed.profile().values()).containsOnly(Map.entry("main;a", List.of(5L, 50L, 1L, 10L)));
        assertThat(pushed.profile().time).isEqualTo(1_700_000_000_000_000_005L);
        assertThat(pushed.profile().duration).isEqualTo(5);
        assertThat(pushed.labels()).containsEntry("__name__", "memory").containsEntry("__delta__", "false");
        assertThat(taken.records()).isEqualTo(4);
        // The target was asked once whether it makes differences itself.
        assertThat(app.askedFor("/debug/pprof/delta_heap")).isEqualTo(1);
    }

    @Test
    void differencesOfTheTargetItselfAreTakenWhenItHasThem() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        app.serve(
                "/debug/pprof/delta_heap",
                () -> counts(1000 - calls.incrementAndGet(), 7).gzipped());
        run(List.of("memory"), "", "");
        PushedProfile pushed = PushedProfile.only(context.next().bytes());
        // The first one, of 999, was about all of the target's life.
        assertThat(pushed.profile().values()).containsEntry("main;a", List.of(998L, 9980L, 1L, 10L));
        assertThat(pushed.labels()).containsEntry("__name__", "memory").containsEntry("__delta__", "false");
        assertThat(app.askedFor("/debug/pprof/allocs")).isZero();
    }

    @Test
    void pageThatAnswersToAnythingIsNoDifference() throws Exception {
        AtomicLong calls = new AtomicLong();
        app.page(
                "/debug/pprof/delta_heap",
                exchange -> ProfiledApp.send(exchange, 200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
        app.serve(
                "/debug/pprof/allocs",
                () -> counts(calls.incrementAndGet() * 5, 100).gzipped());
        run(List.of("memory"), "", "");
        assertThat(PushedProfile.only(context.next().bytes()).profile().values())
                .containsKey("main;a");
        assertThat(app.askedFor("/debug/pprof/delta_heap")).isEqualTo(1);
    }

    @Test
    void godeltaprofIsAskedForWhenItIsConfigured() throws Exception {
        app.serve("/debug/pprof/delta_heap", () -> counts(4, 0).gzipped());
        run(List.of(), "profile.godeltaprof_memory: {enabled: true}", "");
        PushedProfile pushed = PushedProfile.only(context.next().bytes());
        assertThat(pushed.labels()).containsEntry("__name__", "memory").containsEntry("__delta__", "false");
        assertThat(pushed.profile().values()).containsEntry("main;a", List.of(4L, 40L, 1L, 10L));
    }

    @Test
    void profilesOfSomeSecondsAreAskedForByTheSecond() throws Exception {
        app.serve(
                "/base/debug/pprof/profile",
                () -> new TestProfile("samples/count", "cpu/nanoseconds")
                        .add("main;busy", 3, 30_000_000)
                        .gzipped());
        run(
                List.of("process_cpu"),
                "path_prefix: /base/",
                "scrape_interval: 2s, params: {key: [value]}".replace("scrape_interval: 2s, ", ""),
                "2s");
        PushedProfile pushed = PushedProfile.only(context.next().bytes());
        assertThat(pushed.labels()).containsEntry("__name__", "process_cpu").doesNotContainKey("__delta__");
        assertThat(app.asked).contains("/base/debug/pprof/profile?key=value&seconds=1");
    }

    private void run(List<String> kinds, String profiling, String job, String interval) throws Exception {
        String others = String.join(
                ", ",
                List.of("memory", "block", "goroutine", "mutex").stream()
                        .filter(name -> !kinds.contains(name))
                        .map(OFF::formatted)
                        .toList());
        run("{job_name: shop, scrape_interval: " + interval + ", static_configs: [{targets: [\"" + app.address()
                + "\"]}], profiling_config: {" + others + ", " + profiling + "}, " + job + "}");
    }

    @Test
    void whatNobodyTakesIsPartOfTheNextDifference() throws Exception {
        AtomicLong calls = new AtomicLong();
        app.serve(
                "/debug/pprof/allocs",
                () -> counts(calls.incrementAndGet() * 5, 0).gzipped());
        context.behaviour = (payload, result) -> {
            payload.release();
            result.refused(Refusal.retryable(DropReason.QUEUE_FULL, "full", null));
        };
        run(List.of("memory"), "", "");
        assertThat(PushedProfile.only(context.next().bytes()).profile().values())
                .containsEntry("main;a", List.of(5L, 50L, 1L, 10L));
        assertThat(PushedProfile.only(context.next().bytes()).profile().values())
                .containsEntry("main;a", List.of(10L, 100L, 1L, 10L));
    }

    @Test
    void newSettingsKeepWhatIsKnownOfTargets() throws Exception {
        AtomicLong calls = new AtomicLong();
        app.serve(
                "/debug/pprof/allocs",
                () -> counts(calls.incrementAndGet() * 5, 0).gzipped());
        run(List.of("memory"), "", "");
        context.next();
        long before = calls.get();
        run(List.of("memory"), "", "body_size_limit: 1MiB");
        TestProfile next = PushedProfile.only(context.next().bytes()).profile();
        assertThat(next.values().get("main;a").getFirst()).isIn(5L, 10L);
        assertThat(calls.get()).isLessThanOrEqualTo(before + 2);
    }

    @Test
    void hostileAnswersAreRefusedAndTheNextGoodOneTaken() throws Exception {
        byte[] good = new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        byte[] bomb = TestProfile.gzip(new byte[2 << 20]);
        byte[] bits = new TestProfile("goroutine/count").add("main;wait", 3).bytes();
        bits[bits.length / 2] ^= 0x55;
        List<byte[]> answers = List.of(
                "no profile at all".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(good, good.length / 2),
                bomb,
                new byte[0],
                Arrays.copyOf(good, good.length - 1),
                good);
        AtomicInteger calls = new AtomicInteger();
        app.serve("/debug/pprof/goroutine", () -> answers.get(Math.min(calls.getAndIncrement(), 5)));
        run(List.of("goroutine"), "", "body_size_limit: 1MiB");
        assertThat(PushedProfile.only(context.next().bytes()).raw()).isEqualTo(good);
        assertThat(calls.get()).isGreaterThanOrEqualTo(6);
    }

    @Test
    void targetThatHangsIsGivenUpAndAskedAgain() throws Exception {
        byte[] good = new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        AtomicInteger calls = new AtomicInteger();
        app.page("/debug/pprof/goroutine", exchange -> {
            if (calls.getAndIncrement() == 0) {
                exchange.sendResponseHeaders(200, good.length);
                exchange.getResponseBody().write(good, 0, 10);
                exchange.getResponseBody().flush();
                return;
            }
            ProfiledApp.send(exchange, 200, "application/octet-stream", good);
        });
        run(List.of("goroutine"), "", "scrape_timeout: 300ms");
        assertThat(PushedProfile.only(context.next().bytes()).raw()).isEqualTo(good);
        assertThat(calls.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void credentialsAndHeadersGoAlong() throws Exception {
        byte[] good = new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        app.page("/debug/pprof/goroutine", exchange -> {
            boolean known = "Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    && "x".equals(exchange.getRequestHeaders().getFirst("Team"));
            ProfiledApp.send(exchange, known ? 200 : 401, "application/octet-stream", known ? good : new byte[0]);
        });
        run(List.of("goroutine"), "", "basic_auth: {username: u, password: p}, http_headers: {Team: {values: [x]}}");
        assertThat(PushedProfile.only(context.next().bytes()).raw()).isEqualTo(good);
    }

    @Test
    void serviceNameComesFromWhereverItIsKnown() throws Exception {
        app.serve(
                "/p",
                () -> new TestProfile("goroutine/count").add("main;wait", 3).gzipped());
        String target = "{targets: [\"" + app.address() + "\"], labels: {%s}}";
        String annotation = "__meta_kubernetes_pod_annotation_pyroscope_io_service_name: cart";
        String container = "__meta_kubernetes_namespace: shop, __meta_kubernetes_pod_container_name: app";
        run("{job_name: j, scrape_interval: 1s, static_configs: ["
                + target.formatted("n: a, __profile_path__: /p, " + annotation + ", " + container) + ", "
                + target.formatted("n: b, __profile_path__: /p, " + container) + ", "
                + target.formatted("n: c, __profile_path__: /p, service_name: own, " + annotation) + ", "
                + target.formatted("n: d, __profile_path__: /p, __name__: mutex") + ", "
                + target.formatted("n: e, __profile_path__: /p")
                + "], profiling_config: {profile.memory: {enabled: false}, profile.block: {enabled: false},"
                + " profile.mutex: {enabled: false}, profile.process_cpu: {enabled: false}}}");
        Map<String, String> names = new java.util.TreeMap<>();
        while (names.size() < 4) {
            Map<String, String> labels =
                    PushedProfile.only(context.next().bytes()).labels();
            names.put(labels.get("n"), labels.get("service_name"));
        }
        assertThat(names).isEqualTo(Map.of("a", "cart", "b", "shop/app", "c", "own", "e", "unspecified"));
    }

    @Test
    void wrongSettingsAreFound() {
        assertThatThrownBy(() -> run("{job_name: a, scrape_interval: 1s}"))
                .hasMessageContaining(
                        "scrape_interval: 1s (expected: 2s or more, since there are profiles with delta)");
        assertThatThrownBy(() -> run("{job_name: a, delta_profiling_duration: 15s}"))
                .hasMessageContaining(
                        "delta_profiling_duration: 15s (expected: at least a second less than scrape_interval");
        assertThatThrownBy(() -> run("{job_name: a, scrape_timeout: 14s}"))
                .hasMessageContaining(
                        "scrape_timeout: 14s (expected: more than profiles with delta take, which is 14s)");
        assertThatThrownBy(() -> run("{job_name: a}, {job_name: a}")).hasMessageContaining("'a' is there twice");
        assertThatThrownBy(() -> run("{job_name: a, profiling_config: {profile.custom: [{name: memory, path: x}]}}"))
                .hasMessageContaining("name: 'memory' (expected: a name of its own)")
                .hasMessageContaining("path: 'x' (expected: a path that begins with /)");
    }
}
