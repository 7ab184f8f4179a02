package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exporter with its settings and what it gets from the engine; replaced as a whole when the settings change. */
final class ExporterInstance implements ExporterContext, Placed {

    private final Place place;
    private final ExporterStorage storage = new ExporterStorage();
    private @Nullable Exporter exporter;

    ExporterInstance(ComponentConfig config, Means means, ExtensionSet extensions) {
        this.place = new Place(
                config,
                means,
                extensions,
                means.healthCell("exporter " + config.id()),
                means.metrics().scope(Map.of("exporter", config.id().toString())));
    }

    @Override
    public Place place() {
        return place;
    }

    void run(Exporter made) {
        this.exporter = made;
    }

    Exporter exporter() {
        if (exporter == null) {
            throw new IllegalStateException("exporter " + id() + " is used before it was made");
        }
        return exporter;
    }

    /** @param successors what has taken its place */
    void stop(Duration grace, OwnMetrics.Scope... successors) {
        Stopping.run("exporter " + id(), () -> exporter().stop(grace));
        place.metrics().close(successors);
    }

    ExporterStorage storage() {
        return storage;
    }

    @Override
    public String userAgent() {
        return "lightvessel-agent/" + place.means().options().serviceVersion();
    }
}
