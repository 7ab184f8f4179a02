package io.lightvessel.stack;

import java.util.Locale;

/** A kind of telemetry. */
public enum Signal {
    TRACES,
    METRICS,
    LOGS,
    PROFILES;

    /** The name pipelines have in configs. */
    public String pipeline() {
        return name().toLowerCase(Locale.ROOT);
    }
}
