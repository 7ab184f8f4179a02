package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An extension's place beside the graph, and what it gets from the engine. */
final class ExtensionNode implements ExtensionContext, Placed {

    private final Place place;
    private @Nullable Extension extension;

    ExtensionNode(ComponentConfig config, Means means, ExtensionSet others) {
        this.place = new Place(
                config,
                means,
                others,
                means.healthCell("extension " + config.id()),
                means.metrics().scope(Map.of("extension", config.id().toString())));
    }

    @Override
    public Place place() {
        return place;
    }

    void run(Extension made) {
        this.extension = made;
    }

    Extension extension() {
        if (extension == null) {
            throw new IllegalStateException("extension " + id() + " is used before it was made");
        }
        return extension;
    }

    void stop(Duration grace, OwnMetrics.Scope... successors) {
        Stopping.run("extension " + id(), () -> extension().stop(grace));
        place.metrics().close(successors);
    }

    @Override
    public Supplier<ComponentHealth> agentHealth() {
        return place.means().agentHealth();
    }
}
