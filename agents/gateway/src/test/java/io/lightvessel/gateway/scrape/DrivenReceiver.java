package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.testing.Answered;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The real receiver inside an engine, and the server it scrapes: one scrape for each answer that a test gives, in a time of
 * its own. A target is known by the {@code instance} it is to have.
 */
public final class DrivenReceiver implements ReceiverFactory, AutoCloseable {

    /** What the engine gives a receiver, but for the time. */
    private record Timed(ReceiverContext real, Timer timer) implements ReceiverContext {
        @Override
        public Outlet outlet(Signal signal, String transport) {
            return real.outlet(signal, transport);
        }

        @Override
        public ByteBudget budget() {
            return real.budget();
        }

        @Override
        public ComponentId id() {
            return real.id();
        }

        @Override
        public HealthReporter health() {
            return real.health();
        }

        @Override
        public ComponentMetrics metrics() {
            return real.metrics();
        }

        @Override
        public <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
            return real.extension(id, capability);
        }
    }

    private final ReceiverFactory real;
    private final ManualTimer timer = new ManualTimer();
    private final HttpServer server;
    private final List<String> instances = new ArrayList<>();
    private final Map<String, Queue<Answered>> answers = new ConcurrentHashMap<>();
    private volatile @Nullable PrometheusReceiver running;

    public DrivenReceiver(ReceiverFactory real, Instant start) throws IOException {
        this.real = real;
        timer.setClock(start);
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/", exchange -> {
            Answered next = answers.get(exchange.getRequestURI().getPath()).poll();
            Answered answer = next == null ? Answered.text("") : next;
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(200, answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        server.start();
    }

    /** Whether the config has to be applied again, for a target was not known yet. */
    public boolean knowNow(String instance) {
        if (instances.contains(instance)) {
            return false;
        }
        answers.put("/" + instances.size(), new ConcurrentLinkedQueue<>());
        instances.add(instance);
        return true;
    }

    /** The receiver's part of a config, in YAML's flow style. */
    public String settings(String job, String more) {
        StringBuilder targets = new StringBuilder();
        for (String instance : instances) {
            targets.append("{targets: ['127.0.0.1:%d'], labels: {instance: '%s', __metrics_path__: '/%d'}},"
                    .formatted(server.getAddress().getPort(), instance, instances.indexOf(instance)));
        }
        return ("prometheus: {config: {scrape_configs: [{job_name: '%s', scrape_interval: 1s, scrape_timeout: 1s, %s"
                        + " static_configs: [%s]}]}}")
                .formatted(job, more, targets);
    }

    /** Lets a target be scraped once; returns when what it came to has been handed on. */
    public void scrape(String instance, Answered answer, Instant about) throws InterruptedException {
        if (Duration.between(timer.now(), about).compareTo(Duration.ofMinutes(9)) > 0) {
            timer.setClock(about);
        }
        String path = "/" + instances.indexOf(instance);
        await("a loop", () -> loop(path) != null);
        await("no scrape under way", () -> !loop(path).isRunning());
        answers.get(path).add(answer);
        Instant before = last(path);
        for (int i = 0; last(path).equals(before); i++) {
            assertThat(i).as("tenths of a second without a slot").isLessThan(100);
            timer.advance(Duration.ofMillis(100));
        }
        await("the end of the scrape", () -> !loop(path).isRunning());
    }

    private Instant last(String path) {
        ScrapeLoop loop = loop(path);
        return loop.hasScraped() ? loop.missedSlot() : Instant.MIN;
    }

    private @Nullable ScrapeLoop loop(String path) {
        return loops().stream()
                .filter(loop -> loop.target().url().endsWith(path))
                .findFirst()
                .orElse(null);
    }

    private List<ScrapeLoop> loops() {
        PrometheusReceiver receiver = running;
        return receiver == null
                ? List.of()
                : receiver.jobs().stream()
                        .flatMap(job -> job.loops().values().stream())
                        .toList();
    }

    /** Waits until pipelines have nothing any more of what was scraped. */
    public void awaitEverythingGone() throws InterruptedException {
        for (ScrapeLoop loop : loops()) {
            await("no scrape under way", () -> !loop.isRunning());
            CompletableFuture<Boolean> gone = loop.scraper().outstanding().allGone(Duration.ofDays(1));
            await("nothing outstanding", gone::isDone);
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s within 30 s", what).isLessThan(end);
            // What is due at once, such as the next payload when one has been accepted.
            timer.advance(Duration.ZERO);
            Thread.sleep(1);
        }
    }

    @Override
    public String type() {
        return "prometheus";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure {
        Prepared<Receiver> prepared = real.prepare(new Timed(context, timer), settings, previous);
        return new Prepared<>() {
            @Override
            public Receiver component() {
                return prepared.component();
            }

            @Override
            public void commit() {
                prepared.commit();
                running = (PrometheusReceiver) prepared.component();
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
