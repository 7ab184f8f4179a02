package io.lightvessel.gateway.debug;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterContext;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.Prepared;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes {@code debug} exporters. */
public final class DebugExporterFactory implements ExporterFactory {
    @Override
    public String type() {
        return "debug";
    }

    @Override
    public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous) {
        DebugExporter.Verbosity verbosity =
                DebugExporter.Verbosity.valueOf(settings.string("verbosity").toUpperCase(Locale.ROOT));
        return Prepared.ready(new DebugExporter(context.id().toString(), verbosity));
    }
}
