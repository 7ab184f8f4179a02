package io.lightvessel.fleet;

import java.util.Locale;
import java.util.Optional;

/** A kind of telemetry. */
public enum TelemetrySignal {
    TRACES,
    METRICS,
    LOGS,
    PROFILES;

    static Optional<TelemetrySignal> ofWireName(String name) {
        for (TelemetrySignal signal : values()) {
            if (signal.name().equalsIgnoreCase(name)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
