package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An extension's place beside the graph, and what it gets from the engine. */
final class ExtensionNode implements ExtensionContext {

    private final ComponentConfig config;
    private final Means means;
    private final ExtensionSet others;
    private final HealthCell health;
    private final OwnMetrics.Scope metrics;
    private @Nullable Extension extension;

    ExtensionNode(ComponentConfig config, Means means, ExtensionSet others) {
        this.config = config;
        this.means = means;
        this.others = others;
        this.health = means.healthCell("extension " + config.id());
        this.metrics = means.metrics().scope(Map.of("extension", config.id().toString()));
    }

    void run(Extension made) {
        this.extension = made;
    }

    Extension extension() {
        if (extension == null) {
            throw new IllegalStateException("extension " + config.id() + " is used before it was made");
        }
        return extension;
    }

    void stop(Duration grace, OwnMetrics.Scope... successors) {
        Stopping.run("extension " + config.id(), () -> extension().stop(grace));
        metrics.close(successors);
    }

    ComponentConfig config() {
        return config;
    }

    HealthCell healthCell() {
        return health;
    }

    OwnMetrics.Scope metricsScope() {
        return metrics;
    }

    @Override
    public Supplier<ComponentHealth> agentHealth() {
        return means.agentHealth();
    }

    @Override
    public <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
        return others.find(id, capability);
    }

    @Override
    public ComponentId id() {
        return config.id();
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
