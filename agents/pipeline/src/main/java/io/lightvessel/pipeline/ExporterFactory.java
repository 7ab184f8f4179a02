package io.lightvessel.pipeline;

import io.lightvessel.config.Settings;
import org.jspecify.annotations.Nullable;

/** Makes the exporters of one type. One instance serves all pipelines that name its id. */
public interface ExporterFactory {

    /** The type as configs spell it, for example {@code otlphttp}. */
    String type();

    /**
     * Prepares an exporter without disturbing {@code previous}, the running one with the same id, if there is one. A
     * backend that cannot be reached is no reason to fail: retries are there for that.
     */
    Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous)
            throws ComponentFailure;
}
