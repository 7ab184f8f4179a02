package io.lightvessel.gateway.pprof;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.pprof.format.TestProfile;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.TargetSnapshot;
import io.lightvessel.pipeline.TargetSnapshot.State;
import io.lightvessel.pipeline.TargetSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the receiver says of its targets. */
class PulledTargetsTest {
    private static final String TWO_KINDS =
            "profiling_config: {prefer_godeltaprof: false, profile.process_cpu: {enabled:"
                    + " false}, profile.block: {enabled: false}, profile.mutex: {enabled: false}}";

    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("pprof", 64 << 20);
    private final Side side = new Side();
    private ProfiledApp app;
    private @Nullable Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        app = new ProfiledApp();
    }

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.stop(Duration.ofSeconds(5));
        }
        app.close();
        transport.close();
    }

    private TargetSource run(String job) throws Exception {
        String yaml = "pprof: {scrape_configs: [{job_name: shop, " + TWO_KINDS + ", " + job + "}]}";
        Prepared<Receiver> prepared = new PprofReceiverFactory(transport, new Discoveries(transport), side)
                .prepare(context, TestContext.settings("receivers", "pprof", yaml, "profiles"), null);
        receiver = prepared.component();
        prepared.commit();
        return (TargetSource) receiver;
    }

    private TargetSource runEvery(String interval) throws Exception {
        TargetSource source = run("scrape_interval: " + interval + ", static_configs: [{targets: [\"" + app.address()
                + "\"], labels: {zone: a}}]");
        Eventually.isTrue("both profiles are discovered", () -> side.discovered.size() == 2);
        return source;
    }

    private static TargetSnapshot of(TargetSource source, String kind) {
        return source.targets().stream()
                .filter(target -> kind.equals(target.labels().get("__name__")))
                .findFirst()
                .orElseThrow();
    }

    private static TargetSnapshot await(TargetSource source, String kind, Predicate<TargetSnapshot> condition)
            throws InterruptedException {
        Eventually.isTrue(kind + " is as it should be", () -> condition.test(of(source, kind)));
        return of(source, kind);
    }

    private TargetKey key(TargetSnapshot target) {
        return side.discovered.stream()
                .filter(key -> key.hash() == target.hash())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyProfileIsATargetWithTheKeyThatReplicasShare() throws Exception {
        TargetSource source = runEvery("1h");
        assertThat(source.targets())
                .allSatisfy(target -> {
                    assertThat(target.job()).isEqualTo("shop");
                    assertThat(target.state()).isEqualTo(State.UNOWNED);
                    assertThat(target.discovered()).containsEntry("__address__", app.address());
                    assertThat(target.labels()).containsEntry("zone", "a").containsEntry("instance", app.address());
                    assertThat(target.owner()).isNull();
                    assertThat(target.ownedSince()).isNull();
                    assertThat(target.nextScrape()).isNull();
                })
                .extracting(TargetSnapshot::hash)
                .containsExactlyInAnyOrderElementsOf(
                        side.discovered.stream().map(TargetKey::hash).toList());
        assertThat(of(source, "memory").url()).isEqualTo("http://" + app.address() + "/debug/pprof/allocs");
        assertThat(of(source, "goroutine").url()).isEqualTo("http://" + app.address() + "/debug/pprof/goroutine");
        assertThat(source.targetProblems()).isEmpty();
    }

    @Test
    void ownersAreThoseOfTheAgreement() throws Exception {
        TargetSource source = runEvery("1h");
        TargetKey here = key(of(source, "memory"));
        TargetKey there = key(of(source, "goroutine"));
        side.owners.putAll(Map.of(here, "one", there, "two"));
        side.next.putAll(Map.of(here, "two", there, "one"));
        Instant before = Instant.now();
        side.take(here, null);

        TargetSnapshot own = of(source, "memory");
        assertThat(own.state()).isEqualTo(State.PENDING);
        assertThat(own.owner()).isEqualTo("one");
        assertThat(own.predictedOwner()).isEqualTo("two");
        assertThat(own.ownedSince()).isBetween(before, Instant.now());
        assertThat(own.nextScrape()).isBetween(before, before.plus(Duration.ofMinutes(61)));
        assertThat(own.lastScrape()).isNull();
        TargetSnapshot other = of(source, "goroutine");
        assertThat(other.state()).isEqualTo(State.ELSEWHERE);
        assertThat(other.owner()).isEqualTo("two");
        assertThat(other.predictedOwner()).isEqualTo("one");
        assertThat(other.ownedSince()).isNull();
        assertThat(other.nextScrape()).isNull();

        // Cut off: it has not been told, and what it knew of owners is worth nothing.
        side.held.clear();
        assertThat(of(source, "memory").state()).isEqualTo(State.UNOWNED);
        assertThat(of(source, "memory").owner()).isNull();
        assertThat(of(source, "memory").nextScrape()).isNull();

        side.held.add(here);
        side.owners.put(here, "two");
        side.give(here);
        assertThat(of(source, "memory").state()).isEqualTo(State.ELSEWHERE);
        assertThat(of(source, "memory").owner()).isEqualTo("two");
    }

    @Test
    void pullsAreTold() throws Exception {
        byte[] profile = new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        AtomicInteger calls = new AtomicInteger();
        app.page("/debug/pprof/goroutine", exchange -> {
            boolean isFirst = calls.getAndIncrement() == 0;
            ProfiledApp.send(
                    exchange, isFirst ? 200 : 503, "application/octet-stream", isFirst ? profile : new byte[0]);
        });
        Instant before = Instant.now();
        TargetSource source = runEvery("2s");
        side.discovered.forEach(key -> side.take(key, null));

        TargetSnapshot up = await(source, "goroutine", target -> target.state() == State.UP);
        assertThat(up.error()).isEmpty();
        assertThat(up.lastAmount()).isEqualTo(profile.length);
        assertThat(up.lastScrape()).isBetween(before, Instant.now());
        assertThat(up.lastDuration()).isPositive();
        assertThat(up.nextScrape()).isAfter(up.lastScrape());

        TargetSnapshot missing = await(source, "memory", target -> target.state() == State.DOWN);
        assertThat(missing.error()).startsWith("server returned HTTP status 404");
        assertThat(missing.lastAmount()).isZero();
        TargetSnapshot down = await(source, "goroutine", target -> target.state() == State.DOWN);
        assertThat(down.error()).startsWith("server returned HTTP status 503");
        assertThat(down.lastScrape()).isAfter(up.lastScrape());
        // Of the last profile, not of the last answer.
        assertThat(down.lastAmount()).isEqualTo(profile.length);
    }

    @Test
    void whatIsNotPulledSaysWhy() throws Exception {
        TargetSource source = run("scrape_interval: 1h, static_configs: [{targets: [\"kept:1\", \"dropped:1\"]},"
                + " {targets: [\"named:1\"], labels: {__name__: mutex}}],"
                + " relabel_configs: [{source_labels: [__address__], regex: \"dropped.*\", action: drop}]");
        Eventually.isTrue("the profiles are discovered", () -> side.discovered.size() == 2);
        Map<String, String> reasons = source.targets().stream()
                .filter(target -> target.state() == State.DROPPED)
                .collect(Collectors.toMap(target -> target.discovered().get("__address__"), TargetSnapshot::error));
        assertThat(reasons).containsOnlyKeys("dropped:1", "named:1");
        assertThat(reasons.get("dropped:1")).isNotEmpty();
        assertThat(reasons.get("named:1"))
                .isEqualTo("__name__: 'mutex' (expected: the name of a profile that is enabled)");
        assertThat(source.targets()).hasSize(4);
    }

    @Test
    void tooManyTargetsAreAllDroppedAndAProblem() throws Exception {
        TargetSource source =
                run("scrape_interval: 1h, target_limit: 1, static_configs: [{targets: [\"a:1\", \"b:1\"]}]");
        Eventually.isTrue("the profiles are discovered", () -> side.discovered.size() == 4);
        side.discovered.forEach(key -> side.take(key, null));
        String reason = "target_limit exceeded: 2 targets (expected: at most 1)";
        assertThat(source.targets()).hasSize(4).allSatisfy(target -> {
            assertThat(target.state()).isEqualTo(State.DROPPED);
            assertThat(target.error()).isEqualTo(reason);
        });
        assertThat(source.targetProblems()).containsExactly("pprof/shop: " + reason);
    }

    @Test
    void discoveryThatFailsIsAProblem() throws Exception {
        TargetSource source =
                run("scrape_interval: 1h, http_sd_configs: [{url: \"http://" + app.address() + "/targets\"}]");
        Eventually.isTrue("it is told", () -> !source.targetProblems().isEmpty());
        assertThat(source.targetProblems())
                .singleElement()
                .asString()
                .startsWith("pprof/shop: http_sd_configs/0: ")
                .contains("404");
        assertThat(source.targets()).isEqualTo(List.of());
    }
}
