package io.lightvessel.config;

import java.util.Locale;

/** What an extension can do for the components that name it. */
public enum ExtensionCapability {
    /** Checks who sends to a receiver. */
    SERVER_AUTH("authenticates clients"),
    /** Adds credentials to an exporter's requests. */
    CLIENT_AUTH("adds credentials to requests"),
    /** Keeps a component's state on disk. */
    STORAGE("keeps state on disk"),
    /** Agrees with other replicas who owns which target. */
    CLUSTERING("shares targets between replicas");

    private final String phrase;

    ExtensionCapability(String phrase) {
        this.phrase = phrase;
    }

    /** The capability as the rest of a sentence: an extension that {@code keeps state on disk}. */
    public String phrase() {
        return phrase;
    }

    /** The capability as reports spell it, for example {@code server_auth}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
