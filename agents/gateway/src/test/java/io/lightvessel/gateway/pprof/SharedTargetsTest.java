package io.lightvessel.gateway.pprof;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.pprof.format.TestProfile;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two receivers that agree about their targets as the test says. */
class SharedTargetsTest {

    private final Transport transport = new Transport(1);
    private final List<Receiver> receivers = new ArrayList<>();
    private ProfiledApp app;

    @BeforeEach
    void start() throws Exception {
        app = new ProfiledApp();
    }

    @AfterEach
    void stop() {
        receivers.forEach(receiver -> receiver.stop(Duration.ofSeconds(5)));
        app.close();
        transport.close();
    }

    private TestContext replica(Side side) throws Exception {
        TestContext context = new TestContext("pprof", 64 << 20);
        String yaml = "pprof: {scrape_configs: [{job_name: shop, scrape_interval: 1s, static_configs: [{targets: [\""
                + app.address() + "\"]}], profiling_config: {prefer_godeltaprof: false, profile.process_cpu: {enabled:"
                + " false}, profile.block: {enabled: false}, profile.mutex: {enabled: false}}}]}";
        Prepared<Receiver> prepared = new PprofReceiverFactory(transport, new Discoveries(transport), side)
                .prepare(context, TestContext.settings("receivers", "pprof", yaml, "profiles"), null);
        prepared.commit();
        receivers.add(prepared.component());
        Eventually.isTrue("both profiles are discovered", () -> side.discovered.size() == 2);
        return context;
    }

    @Test
    void profileMovesWithWhatIsKnownOfIt() throws Exception {
        AtomicLong calls = new AtomicLong();
        app.serve("/debug/pprof/allocs", () -> {
            long n = calls.incrementAndGet();
            return new TestProfile("alloc_objects/count", "alloc_space/bytes")
                    .add("main;a", n * n, n)
                    .at(1_700_000_000_000_000_000L + n)
                    .gzipped();
        });
        Side one = new Side();
        Side two = new Side();
        TestContext first = replica(one);
        TestContext second = replica(two);
        assertThat(one.discovered).isEqualTo(two.discovered);
        one.discovered.forEach(key -> one.take(key, null));

        // Squares differ by odd numbers: whatever is left out or counted twice would show.
        TreeSet<Long> differences = new TreeSet<>();
        differences.add(difference(first));
        differences.add(difference(first));
        for (TargetKey key : new HashSet<>(one.discovered)) {
            two.take(key, one.give(key));
        }
        first.taken.stream().map(SharedTargetsTest::difference).forEach(differences::add);
        first.taken.clear();
        differences.add(difference(second));
        differences.add(difference(second));
        long expected = 3;
        for (long difference : differences) {
            assertThat(difference).isEqualTo(expected);
            expected += 2;
        }
        assertThat(first.taken).isEmpty();
        assertThat(two.paid).isNotEmpty();
    }

    private static long difference(TestContext context) throws InterruptedException {
        return difference(context.next());
    }

    private static long difference(TestContext.Taken taken) {
        try {
            return PushedProfile.only(taken.bytes())
                    .profile()
                    .values()
                    .get("main;a")
                    .getFirst();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoIsCutOffPullsNoMore() throws Exception {
        AtomicLong calls = new AtomicLong();
        app.serve("/debug/pprof/goroutine", () -> {
            calls.incrementAndGet();
            return new TestProfile("goroutine/count").add("main;wait", 3).gzipped();
        });
        Side side = new Side();
        TestContext context = replica(side);
        side.discovered.forEach(key -> side.take(key, null));
        context.next();
        // Fenced: it may not, though it has not been told yet.
        side.held.clear();
        Eventually.isTrue("no pull is under way", () -> context.budget.used() == 0);
        long before = calls.get();
        assertThat(context.taken.poll(2500, TimeUnit.MILLISECONDS)).isNull();
        assertThat(calls.get()).isLessThanOrEqualTo(before + 1);
        side.discovered.forEach(side::lose);
        side.discovered.forEach(key -> side.take(key, null));
        context.next();
    }

    @Test
    void stateOfAnotherVersionIsAsGoodAsNone() {
        assertThat(PullState.of(new byte[] {7, 7, 7})).isEqualTo(PullState.NEW);
        assertThat(PullState.of(new byte[0])).isEqualTo(PullState.NEW);
        assertThat(PullState.of(new byte[] {1, 2})).isEqualTo(new PullState(PullState.Source.TARGET, null));
        assertThat(PullState.of(new byte[] {1, 1, 99}).last()).isNull();
    }
}
