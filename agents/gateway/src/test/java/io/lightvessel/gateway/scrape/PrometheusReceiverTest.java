package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.gateway.testing.SeriesLines;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.TargetSnapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole receiver against a real server, in a time that the test moves. */
class PrometheusReceiverTest {
    private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("prometheus", 64 << 20);
    private final ManualTimer timer = new ManualTimer();
    private final Discoveries discoveries = new Discoveries(transport);
    private final PrometheusReceiverFactory factory = new PrometheusReceiverFactory(transport, discoveries);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String body = "a 1\n";
    private volatile int status = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private HttpServer server;
    private PrometheusReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        timer.setClock(START);
        context.timer = timer;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        if (receiver != null) {
            receiver.stop(Duration.ofMillis(500));
        }
        server.stop(0);
        discoveries.close();
        transport.close();
    }

    private String target() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void run(String job) throws Exception {
        Settings settings = TestContext.settings("receivers", "prometheus", """
                prometheus:
                  config:
                    scrape_configs:
                    - %s
                """.formatted(job));
        Prepared<Receiver> prepared = factory.prepare(context, settings, receiver);
        prepared.commit();
        PrometheusReceiver before = receiver;
        receiver = (PrometheusReceiver) prepared.component();
        if (before != null) {
            before.stop(Duration.ZERO);
        }
    }

    private void runWithTarget() throws Exception {
        run("{job_name: j, scrape_interval: 10s, static_configs: [{targets: ['%s']}]}".formatted(target()));
        awaitLoop();
    }

    /** Relabelling happens on a thread of its own. */
    private void awaitLoop() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (receiver.targets().stream().noneMatch(target -> target.nextScrape() != null)) {
            assertThat(System.nanoTime()).as("no target within 20 s").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private TargetSnapshot snapshot() {
        return receiver.targets().getFirst();
    }

    /** Moves time to the next slot and takes what its scrape came to. */
    private List<String> nextScrape() throws Exception {
        timer.advanceTo(snapshot().nextScrape());
        return next();
    }

    private List<String> next() throws InterruptedException {
        List<String> lines = SeriesLines.of(context.next().bytes());
        awaitEndOfScrapes();
        return lines.stream()
                .filter(line -> !line.startsWith("scrape_"))
                .map(line -> line.replaceFirst(" \\[.*", "").replace("{instance=\"" + target() + "\",job=\"j\"}", ""))
                .toList();
    }

    /** A scrape ends just after it has been handed on; a slot that comes before is skipped. */
    private void awaitEndOfScrapes() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (receiver.jobs().stream()
                .flatMap(job -> job.loops().values().stream())
                .anyMatch(ScrapeLoop::isRunning)) {
            assertThat(System.nanoTime()).as("a scrape that does not end").isLessThan(end);
            Thread.sleep(1);
        }
    }

    private static long millis(Instant time) {
        return time.toEpochMilli();
    }

    @Test
    void everySlotIsScrapedOnceAndOnTheGrid() throws Exception {
        runWithTarget();
        Instant first = snapshot().nextScrape();
        assertThat(first).isBetween(START, START.plusSeconds(10));
        assertThat(nextScrape()).containsExactly("a 1.0@" + millis(first), "up 1.0@" + millis(first));
        assertThat(nextScrape()).contains("a 1.0@" + millis(first.plusSeconds(10)));
        assertThat(asked).hasValue(2);
        TargetSnapshot now = snapshot();
        assertThat(now.state()).isEqualTo(TargetSnapshot.State.UP);
        assertThat(now.nextScrape()).isEqualTo(first.plusSeconds(20));
        assertThat(now.lastScrape()).isEqualTo(first.plusSeconds(10));
        assertThat(now.lastAmount()).isEqualTo(1);
    }

    @Test
    void aTargetThatFailsIsDownWithTheReason() throws Exception {
        runWithTarget();
        nextScrape();
        status = 500;
        Instant slot = snapshot().nextScrape();
        assertThat(nextScrape()).containsExactly("a stale@" + millis(slot), "up 0.0@" + millis(slot));
        assertThat(snapshot().state()).isEqualTo(TargetSnapshot.State.DOWN);
        assertThat(snapshot().error()).isEqualTo("server returned HTTP status 500 Internal Server Error");
        assertThat(receiver.targetProblems()).isEmpty();
        status = 200;
        body = "a{ 1\n";
        assertThat(nextScrape()).hasSize(1);
        assertThat(snapshot().error()).isNotEmpty();
    }

    @Test
    void aSlotThatComesWhileAScrapeRunsIsSkipped() throws Exception {
        run("{job_name: j, scrape_interval: 10s, scrape_timeout: 10s, static_configs: [{targets: ['%s']}]}"
                .formatted(target()));
        awaitLoop();
        gate = new CountDownLatch(1);
        Instant first = snapshot().nextScrape();
        timer.advanceTo(first);
        // The timeout of the first one ends at the moment of the second one's slot, which is passed over.
        timer.advanceTo(first.plusSeconds(10));
        assertThat(next()).containsExactly("up 0.0@" + millis(first));
        gate.countDown();
        Instant third = first.plusSeconds(20);
        awaitIdle(third);
        timer.advanceTo(third);
        assertThat(next()).containsExactly("a 1.0@" + millis(third), "up 1.0@" + millis(third));
    }

    private void advanceUntilSomethingComes() throws InterruptedException {
        for (int i = 0; context.taken.isEmpty() && i < 300; i++) {
            timer.advance(Duration.ofMillis(10));
            Thread.sleep(1);
        }
    }

    private void awaitIdle(Instant slot) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!slot.equals(snapshot().nextScrape()) && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }

    @Test
    void aTargetThatIsGoneIsMarkedStaleLaterAndOneThatComesBackIsNot() throws Exception {
        runWithTarget();
        Instant first = snapshot().nextScrape();
        nextScrape();
        String none = "{job_name: j, scrape_interval: 10s, static_configs: [{targets: []}]}";
        run(none);
        timer.advanceTo(first.plusSeconds(9));
        runWithTarget();
        assertThat(nextScrape())
                .containsExactly("a 1.0@" + millis(first.plusSeconds(10)), "up 1.0@" + millis(first.plusSeconds(10)));
        Instant last = first.plusSeconds(10);
        run(none);
        // Two intervals until a new config's discoveries count as complete, which then is less than what is left.
        timer.advanceTo(last.plusMillis(20_500));
        assertThat(context.taken).as("2.05 intervals after the last scrape").isEmpty();
        timer.advanceTo(last.plusMillis(20_999));
        assertThat(context.taken).isEmpty();
        timer.advanceTo(last.plusMillis(21_000));
        long missed = millis(last.plusSeconds(10));
        assertThat(next()).as("2.1 intervals after it").containsExactly("a stale@" + missed, "up stale@" + missed);
        assertThat(asked.get()).isLessThanOrEqualTo(5);
        timer.advanceTo(last.plusSeconds(60));
        assertThat(context.taken).isEmpty();
    }

    @Test
    void aReloadLeavesTargetsTheirPhaseAndTheirSeries() throws Exception {
        runWithTarget();
        Instant first = snapshot().nextScrape();
        body = "a 1\nb 2\n";
        nextScrape();
        run(("{job_name: j, scrape_interval: 10s, static_configs: [{targets: ['%s']}], "
                        + "metric_relabel_configs: [{source_labels: [__name__], regex: b, action: drop}]}")
                .formatted(target()));
        assertThat(snapshot().nextScrape()).isEqualTo(first.plusSeconds(10));
        long second = millis(first.plusSeconds(10));
        assertThat(nextScrape()).containsExactly("a 1.0@" + second, "b stale@" + second, "up 1.0@" + second);
    }

    @Test
    void aChangedIntervalGoesOnWithTheSeries() throws Exception {
        runWithTarget();
        body = "a 1\nb 2\n";
        nextScrape();
        run("{job_name: j, scrape_interval: 5s, static_configs: [{targets: ['%s']}]}".formatted(target()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (receiver.jobs().getFirst().loops().values().stream()
                        .noneMatch(loop -> loop.slots().interval() == 5_000_000_000L)
                && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        body = "a 1\n";
        List<String> lines = nextScrape();
        assertThat(lines).hasSize(3).anyMatch(line -> line.startsWith("b stale@"));
        timer.advance(Duration.ofSeconds(4));
        assertThat(context.taken).isEmpty();
    }

    @Test
    void whatPipelinesRefuseForNowComesAgainInOrder() throws Exception {
        runWithTarget();
        AtomicInteger refusals = new AtomicInteger();
        context.behaviour = (payload, result) -> {
            payload.release();
            if (refusals.incrementAndGet() <= 3) {
                result.refused(Refusal.retryable(DropReason.QUEUE_FULL, "full", null));
            } else {
                result.accepted();
            }
        };
        Instant first = snapshot().nextScrape();
        assertThat(nextScrape()).contains("a 1.0@" + millis(first));
        for (int i = 0; i < 3; i++) {
            advanceUntilSomethingComes();
            assertThat(next()).contains("a 1.0@" + millis(first));
        }
        assertThat(nextScrape()).contains("a 1.0@" + millis(first.plusSeconds(10)));
    }

    @Test
    void aClockThatIsSetBackOrAheadMovesTheGrid() throws Exception {
        runWithTarget();
        Instant first = snapshot().nextScrape();
        nextScrape();
        timer.setClock(first.minusSeconds(3600));
        timer.advance(Duration.ofSeconds(20));
        assertThat(next().getFirst()).startsWith("a 1.0@").endsWith(millis(first.minusSeconds(3580)) + "");
        timer.setClock(first.plusSeconds(3600).plusMillis(1));
        timer.advance(Duration.ofSeconds(10));
        timer.advance(Duration.ofSeconds(10));
        assertThat(next().getFirst()).startsWith("a 1.0@" + millis(first.plusSeconds(3600)) / 100_000);
    }

    @Test
    void stoppingMarksNothingStale() throws Exception {
        runWithTarget();
        nextScrape();
        receiver.stop(Duration.ofMillis(500));
        timer.advance(Duration.ofMinutes(1));
        assertThat(context.taken).isEmpty();
        assertThat(context.budget.used()).isZero();
    }
}
