package io.lightvessel.gateway.testing;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.PipelineConfig;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.ExporterContext;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;

/** What the engine would give a component, with pipelines that keep what they get for the test to look at. */
public final class TestContext implements ReceiverContext, ExporterContext {
    /** One export as it arrived; its bytes are a copy. */
    public record Taken(Signal signal, String transport, byte[] bytes, int records, Metadata metadata) {}

    private static final ScheduledExecutorService SCHEDULER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    public final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    public final List<DropReason> turnedAway = new CopyOnWriteArrayList<>();
    public final Set<Signal> unconnected = EnumSet.noneOf(Signal.class);
    public final ByteBudget budget;
    public final Map<ComponentId, Extension> extensions = new ConcurrentHashMap<>();
    private final ComponentId id;
    /** What the component said last of its health; empty when it is well. */
    public volatile String ill = "";
    /** What pipelines do with a payload that has been recorded; accepting it to begin with. */
    public volatile BiConsumer<Payload, Result> behaviour = (payload, result) -> {
        payload.release();
        result.accepted();
    };

    public TestContext(String id, long budgetBytes) {
        this.id = ComponentId.parse(id);
        this.budget = new ByteBudget(budgetBytes);
    }

    /** Reads the settings of the one component with that id out of a config's section. */
    public static Settings settings(String section, String id, String yaml) {
        return settings(section, id, yaml, "metrics");
    }

    /** Like {@link #settings(String, String, String)}, for a component of another signal. */
    public static Settings settings(String section, String id, String yaml, String signal) {
        String receiver = section.equals("receivers") ? yaml : "otlp: {protocols: {grpc: }}";
        String exporter = section.equals("exporters") ? yaml : "debug:";
        String text = "receivers:\n" + receiver.indent(2) + "exporters:\n" + exporter.indent(2)
                + "extensions:\n  bearertokenauth: {token: secret}\n"
                + "service:\n  extensions: [bearertokenauth]\n  pipelines:\n    " + signal + ":\n      receivers: ["
                + (section.equals("receivers") ? id : "otlp") + "]\n      exporters: ["
                + (section.equals("exporters") ? id : "debug") + "]\n";
        ParseOutcome outcome = ConfigParser.parse(text, Environment.of(Map.of()));
        if (!(outcome instanceof ParseOutcome.Valid valid)) {
            throw new AssertionError(outcome.findings() + "\n" + text);
        }
        PipelineConfig config = valid.config();
        Map<ComponentId, ComponentConfig> components =
                section.equals("receivers") ? config.receivers() : config.exporters();
        return components.get(ComponentId.parse(id)).settings();
    }

    public Taken next() throws InterruptedException {
        Taken next = taken.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing arrived");
        }
        return next;
    }

    @Override
    public Outlet outlet(Signal signal, String transport) {
        return new Outlet() {
            @Override
            public boolean isConnected() {
                return !unconnected.contains(signal);
            }

            @Override
            public void turnedAway(DropReason reason) {
                turnedAway.add(reason);
            }

            @Override
            public void accept(Payload payload, Result result) {
                byte[] copy = new byte[payload.size()];
                payload.bytes().getBytes(payload.bytes().readerIndex(), copy);
                taken.add(new Taken(signal, transport, copy, payload.records(), payload.metadata()));
                behaviour.accept(payload, result);
            }
        };
    }

    @Override
    public ByteBudget budget() {
        return budget;
    }

    @Override
    public ComponentId id() {
        return id;
    }

    @Override
    public String userAgent() {
        return "lightvessel-test/1";
    }

    /** Time as the component sees it; real to begin with. */
    public volatile Timer timer = new Timer() {
        @Override
        public Task schedule(Duration delay, Runnable task) {
            var future = SCHEDULER.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    };

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public HealthReporter health() {
        return new HealthReporter() {
            @Override
            public void ok() {
                ill = "";
            }

            @Override
            public void recoverable(String error) {
                ill = error;
            }

            @Override
            public void broken(String error) {
                ill = error;
            }
        };
    }

    @Override
    public <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
        Extension extension = extensions.get(id);
        if (extension == null) {
            throw new ComponentFailure("extension " + id + " is not there");
        }
        return capability.cast(extension);
    }

    @Override
    public ComponentMetrics metrics() {
        return new ComponentMetrics() {
            @Override
            public Counter counter(String name, String help, Map<String, String> labels) {
                return amount -> {};
            }

            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {}
        };
    }
}
