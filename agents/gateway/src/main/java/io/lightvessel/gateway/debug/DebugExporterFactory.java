package io.lightvessel.gateway.debug;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterContext;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.Prepared;
import org.jspecify.annotations.Nullable;

/** Makes {@code debug} exporters. */
public final class DebugExporterFactory implements ExporterFactory {
    @Override
    public String type() {
        return "debug";
    }

    @Override
    public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous)
            throws ComponentFailure {
        return switch (settings.string("verbosity")) {
            case "basic" -> Prepared.ready(new DebugExporter(context.id().toString(), false));
            case "normal" -> Prepared.ready(new DebugExporter(context.id().toString(), true));
            default ->
                throw new ComponentFailure("exporter " + context.id() + ": verbosity: " + settings.string("verbosity")
                        + " (expected: basic or normal)");
        };
    }
}
