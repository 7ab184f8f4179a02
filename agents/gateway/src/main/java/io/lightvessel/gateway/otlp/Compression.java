package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;

/** Reads an exporter's {@code compression}. */
final class Compression {
    private Compression() {}

    static boolean isGzip(Settings settings) throws ComponentFailure {
        return switch (settings.string("compression")) {
            case "gzip" -> true;
            case "none", "" -> false;
            default ->
                throw new ComponentFailure(
                        "compression: " + settings.string("compression") + " (expected: gzip or none)");
        };
    }
}
