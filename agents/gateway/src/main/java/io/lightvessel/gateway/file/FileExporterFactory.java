package io.lightvessel.gateway.file;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterContext;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.Prepared;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes {@code file} exporters. */
public final class FileExporterFactory implements ExporterFactory {

    @Override
    public String type() {
        return "file";
    }

    @Override
    public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous)
            throws ComponentFailure {
        Path path = Path.of(settings.string("path"));
        OutputFile file = previous instanceof FileExporter running
                        && running.file().path().equals(path)
                ? running.file().retain()
                : OutputFile.open(
                        path, settings.flag("append") || settings.has("rotation"), settings.flag("create_directory"));
        @Nullable
        Rotation rotation =
                settings.optionalSection("rotation").map(Rotation::of).orElse(null);
        FileExporter exporter = new FileExporter(file, settings.string("format").equals("json"), context.timer());
        return new Prepared<>() {
            @Override
            public Exporter component() {
                return exporter;
            }

            @Override
            public void commit() {
                file.rotate(rotation);
            }

            @Override
            public void abort() {
                file.release();
            }
        };
    }
}
