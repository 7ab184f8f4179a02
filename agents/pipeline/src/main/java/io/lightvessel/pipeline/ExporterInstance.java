package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exporter with its settings and what it gets from the engine; replaced as a whole when the settings change. */
final class ExporterInstance implements ExporterContext {

    private final ComponentConfig config;
    private final Means means;
    private final ExtensionSet extensions;
    private final HealthCell health;
    private final OwnMetrics.Scope metrics;
    private final ExporterStorage storage = new ExporterStorage();
    private @Nullable Exporter exporter;

    ExporterInstance(ComponentConfig config, Means means, ExtensionSet extensions) {
        this.config = config;
        this.means = means;
        this.extensions = extensions;
        this.health = means.healthCell("exporter " + config.id());
        this.metrics = means.metrics().scope(Map.of("exporter", config.id().toString()));
    }

    void run(Exporter made) {
        this.exporter = made;
    }

    Exporter exporter() {
        if (exporter == null) {
            throw new IllegalStateException("exporter " + config.id() + " is used before it was made");
        }
        return exporter;
    }

    /** @param successors what has taken its place */
    void stop(Duration grace, OwnMetrics.Scope... successors) {
        Stopping.run("exporter " + config.id(), () -> exporter().stop(grace));
        metrics.close(successors);
    }

    ComponentConfig config() {
        return config;
    }

    ExporterStorage storage() {
        return storage;
    }

    HealthCell healthCell() {
        return health;
    }

    OwnMetrics.Scope metricsScope() {
        return metrics;
    }

    @Override
    public <T extends Extension> T extension(ComponentId wanted, Class<T> capability) throws ComponentFailure {
        return extensions.find(wanted, capability);
    }

    @Override
    public ComponentId id() {
        return config.id();
    }

    @Override
    public String userAgent() {
        return "lightvessel-agent/" + means.options().serviceVersion();
    }

    @Override
    public Timer timer() {
        return means.timer();
    }

    @Override
    public HealthReporter health() {
        return health;
    }

    @Override
    public ComponentMetrics metrics() {
        return metrics;
    }
}
