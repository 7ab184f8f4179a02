package io.lightvessel.bench;

import java.util.Locale;

/** What the agent does with telemetry between receiver and exporter. */
enum Processing {
    /** Nothing. */
    PASS(6, true, true),
    /** Renames one of twelve attributes. */
    RENAME(12, true, true),
    /** Renames ten of twelve attributes. */
    RENAME10(12, true, true),
    /** Merges requests. */
    BATCH(6, false, true),
    /** Keeps a tenth. */
    SAMPLE(6, false, false);

    private final int attributes;
    private final boolean oneToOne;
    private final boolean keepsAll;

    Processing(int attributes, boolean oneToOne, boolean keepsAll) {
        this.attributes = attributes;
        this.oneToOne = oneToOne;
        this.keepsAll = keepsAll;
    }

    /** Attributes of the records that are sent through it. */
    int attributes() {
        return attributes;
    }

    /** Each request leaves the agent by itself. */
    boolean isOneToOne() {
        return oneToOne;
    }

    /** What is acknowledged has to arrive. */
    boolean keepsAll() {
        return keepsAll;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
