package io.lightvessel.config;

import java.util.Locale;
import java.util.Optional;

/** The kinds of telemetry a pipeline can carry. */
public enum Signal {
    TRACES("spans"),
    METRICS("metric_points"),
    LOGS("log_records"),
    PROFILES("profile_samples");

    private final String recordsInMetricNames;

    Signal(String recordsInMetricNames) {
        this.recordsInMetricNames = recordsInMetricNames;
    }

    /** The signal as pipelines and reports spell it, for example {@code traces}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the Collector's own metrics call one record of this signal, for example {@code metric_points}. */
    public String recordsInMetricNames() {
        return recordsInMetricNames;
    }

    public static Optional<Signal> ofLabel(String label) {
        for (Signal signal : values()) {
            if (signal.label().equals(label)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }
}
