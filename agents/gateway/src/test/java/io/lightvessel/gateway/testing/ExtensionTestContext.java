package io.lightvessel.gateway.testing;

import io.lightvessel.config.ComponentId;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ComponentHealth;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.ComponentStatus;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What the engine would give an extension, with a clock that tests move and health that they read. */
public final class ExtensionTestContext implements ExtensionContext {

    public final Clock timer = new Clock();
    /** What was said about health, in order; empty text for being well. */
    public final List<String> said = new CopyOnWriteArrayList<>();

    public volatile ComponentHealth agent = ComponentHealth.leaf(ComponentStatus.OK, null, Instant.EPOCH);

    /** Time that stands still until it is moved; nothing is ever due. */
    public static final class Clock implements Timer {
        private final AtomicLong nanos = new AtomicLong();

        public void advance(Duration by) {
            nanos.addAndGet(by.toNanos());
        }

        @Override
        public Task schedule(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("no extension schedules anything");
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos.get());
        }
    }

    @Override
    public ComponentId id() {
        return ComponentId.of("test");
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public HealthReporter health() {
        return new HealthReporter() {
            @Override
            public void ok() {
                said.add("");
            }

            @Override
            public void recoverable(String error) {
                said.add(error);
            }

            @Override
            public void broken(String error) {
                said.add(error);
            }
        };
    }

    @Override
    public ComponentMetrics metrics() {
        return new ComponentMetrics() {
            @Override
            public Counter counter(String name, String help, Map<String, String> labels) {
                return _ -> {};
            }

            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
                // Nobody reads it.
            }
        };
    }

    @Override
    public Supplier<ComponentHealth> agentHealth() {
        return () -> agent;
    }

    @Override
    public <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
        throw new ComponentFailure("extension " + id + " is not there");
    }
}
