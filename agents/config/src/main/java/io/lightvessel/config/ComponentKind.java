package io.lightvessel.config;

import java.util.Locale;

/** The places a component can take in a config. */
public enum ComponentKind {
    RECEIVER,
    PROCESSOR,
    EXPORTER,
    EXTENSION;

    /** The word for one of them, for example {@code receiver}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The top-level key that holds them, for example {@code receivers}. */
    public String section() {
        return label() + "s";
    }
}
