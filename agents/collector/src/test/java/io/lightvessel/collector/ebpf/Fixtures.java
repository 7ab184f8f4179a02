package io.lightvessel.collector.ebpf;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** A pipeline that keeps the profiles it gets, and settings as the parser makes them. */
final class Fixtures {
    private Fixtures() {}

    /** @param keys lines of YAML below {@code ebpf:} */
    static Settings settings(String... keys) {
        String yaml = "receivers:\n  ebpf:\n    " + String.join("\n    ", keys)
                + "\nexporters:\n  debug:\nservice:\n  pipelines:\n    profiles:\n      receivers: [ebpf]\n"
                + "      exporters: [debug]\n";
        return switch (ConfigParser.parse(yaml, Environment.of(Map.of()))) {
            case ParseOutcome.Valid valid ->
                valid.config().receivers().get(ComponentId.of("ebpf")).settings();
            case ParseOutcome.Invalid invalid -> throw new IllegalArgumentException(invalid.findings() + "\n" + yaml);
        };
    }

    /** A context whose pipeline takes everything. */
    static final class Pipeline implements ReceiverContext, Outlet {
        final BlockingQueue<PushedProfile> profiles = new LinkedBlockingQueue<>();
        final BlockingQueue<String> health = new LinkedBlockingQueue<>();
        final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
        final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
        final ByteBudget budget = new ByteBudget(64 << 20);

        @Override
        public void accept(Payload payload, Result result) {
            profiles.addAll(PushedProfile.of(payload.bytes()));
            payload.release();
            result.accepted();
        }

        /** The next thing said about its health that begins so. */
        String nextHealth(String beginning) throws InterruptedException {
            String said = health.poll(20, TimeUnit.SECONDS);
            while (said != null && !said.startsWith(beginning)) {
                said = health.poll(20, TimeUnit.SECONDS);
            }
            if (said == null) {
                throw new AssertionError("nothing said (expected: " + beginning + ")");
            }
            return said;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void turnedAway(DropReason reason) {
            counters.computeIfAbsent("turned away " + reason.label(), _ -> new AtomicLong())
                    .incrementAndGet();
        }

        @Override
        public Outlet outlet(Signal signal, String transport) {
            return this;
        }

        @Override
        public ByteBudget budget() {
            return budget;
        }

        @Override
        public ComponentId id() {
            return ComponentId.of("ebpf");
        }

        @Override
        public <T extends Extension> T extension(ComponentId id, Class<T> capability) {
            throw new IllegalArgumentException("no extension " + id);
        }

        @Override
        public Timer timer() {
            return new Timer() {
                @Override
                public Task schedule(Duration delay, Runnable task) {
                    throw new UnsupportedOperationException();
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
        }

        @Override
        public HealthReporter health() {
            return new HealthReporter() {
                @Override
                public void ok() {
                    health.add("ok");
                }

                @Override
                public void ok(String remark) {
                    health.add("ok: " + remark);
                }

                @Override
                public void recoverable(String error) {
                    health.add("recoverable: " + error);
                }

                @Override
                public void broken(String error) {
                    health.add("broken: " + error);
                }
            };
        }

        @Override
        public ComponentMetrics metrics() {
            return new ComponentMetrics() {
                @Override
                public Counter counter(String name, String help, Map<String, String> labels) {
                    AtomicLong value = counters.computeIfAbsent(name + labels, _ -> new AtomicLong());
                    return value::addAndGet;
                }

                @Override
                public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                    gauges.put(name, value);
                }
            };
        }
    }
}
