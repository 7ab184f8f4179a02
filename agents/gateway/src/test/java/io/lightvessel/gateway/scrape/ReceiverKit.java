package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.SoleOwner;
import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.config.ReceiverConfig;
import io.lightvessel.gateway.scrape.config.ScrapeConfig;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.gateway.testing.SeriesLines;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.TargetSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A receiver of one job, alone or one of several that share targets as the test says, in a time that the test moves. */
final class ReceiverKit implements AutoCloseable {

    /** The agreement of one replica with the others, which the test makes for them. */
    static final class Agreed implements Ownership {
        final Set<TargetKey> discovered = ConcurrentHashMap.newKeySet();
        private final Set<TargetKey> held = ConcurrentHashMap.newKeySet();
        private @Nullable Owner owner;

        @Override
        public Share join(String pool, Owner joining) {
            owner = joining;
            return new Share() {
                @Override
                public void discovered(Collection<TargetKey> keys) {
                    discovered.addAll(keys);
                }

                @Override
                public void cost(TargetKey key, long cost) {
                    assertThat(cost).isPositive();
                }

                @Override
                public boolean holds(TargetKey key) {
                    return held.contains(key);
                }

                @Override
                public void close() {
                    held.clear();
                }
            };
        }

        void take(TargetKey key, @Nullable Handover handover) {
            held.add(key);
            owner.take(key, handover);
        }

        CompletionStage<Handover> give(TargetKey key) {
            return owner.give(key).whenComplete((_, _) -> held.remove(key));
        }

        void lose(TargetKey key) {
            held.remove(key);
            owner.lose(key);
        }

        void partition() {
            held.clear();
        }
    }

    final TestContext context = new TestContext("prometheus", 64 << 20);
    final ManualTimer timer;
    private final Transport transport = new Transport(1);
    private final Discoveries discoveries = new Discoveries(transport);
    private final PrometheusReceiver receiver;
    private final String job;

    /** @param job in YAML's flow style */
    ReceiverKit(ManualTimer timer, String job) throws Exception {
        this(timer, job, new SoleOwner());
    }

    ReceiverKit(ManualTimer timer, String job, Ownership ownership) throws Exception {
        this.timer = timer;
        this.job = job;
        context.timer = timer;
        Settings settings = TestContext.settings(
                "receivers", "prometheus", "prometheus: {config: {scrape_configs: [" + job + "]}}\n");
        ReceiverConfig config = ReceiverConfig.of(context.id(), settings);
        List<PreparedReceiver.Job> jobs = new ArrayList<>();
        for (ScrapeConfig one : config.jobs()) {
            jobs.add(new PreparedReceiver.Job(
                    new JobSettings(one, config.externalLabels(), timer),
                    discoveries.open(one.discoveries(), timer, context.budget)));
        }
        ScrapeMeans means = new ScrapeMeans(
                transport,
                new ScrapeWorkers(1),
                timer,
                context.budget,
                context.outlet(io.lightvessel.config.Signal.METRICS, "http"),
                new ScrapeMetrics(context.metrics()));
        receiver = new PrometheusReceiver("prometheus", timer, context.health());
        new PreparedReceiver(
                        receiver,
                        jobs,
                        means,
                        new PreparedReceiver.Agreement(Optional.empty(), ownership, 42),
                        null,
                        null)
                .commit();
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s within 20 s", what).isLessThan(end);
            Thread.sleep(1);
        }
    }

    TargetSnapshot snapshot() {
        return receiver.targets().getFirst();
    }

    void awaitPlan() throws InterruptedException {
        await("a target", () -> receiver.targets().stream().anyMatch(target -> target.nextScrape() != null));
    }

    /** No scrape is under way, and what one came to has been handed on. */
    void awaitIdle() throws InterruptedException {
        await(
                "no scrape",
                () -> receiver.jobs().stream()
                        .flatMap(one -> one.loops().values().stream())
                        .noneMatch(ScrapeLoop::isRunning));
    }

    Instant nextSlot() {
        Instant next = snapshot().nextScrape();
        assertThat(next).as("the next slot of %s", job).isNotNull();
        return next;
    }

    /** Moves time to the next slot and takes what its scrape came to. */
    List<String> scrape() throws InterruptedException {
        timer.advanceTo(nextSlot());
        return next();
    }

    /** The next payload's lines without those about the scrape, but for {@code up}. */
    List<String> next() throws InterruptedException {
        List<String> lines = SeriesLines.of(context.next().bytes());
        awaitIdle();
        return lines.stream()
                .filter(line -> !line.startsWith("scrape_"))
                .map(line -> line.startsWith("up{")
                        ? line.replaceFirst("\\{.*} ", " ").replaceFirst(" \\[.*", "")
                        : line)
                .toList();
    }

    @Override
    public void close() {
        receiver.stop(Duration.ofMillis(500));
        discoveries.close();
        transport.close();
    }
}
