package io.lightvessel.targets;

import java.util.Locale;

/** How a target is doing. */
public enum TargetState {
    /** The last scrape succeeded. */
    UP,
    /** The last scrape failed. */
    DOWN,
    /** It has an owner and was not scraped yet. */
    PENDING,
    /** No replica owns it now, so nobody scrapes it. */
    UNOWNED,
    /** Relabelling or a limit keeps it from being scraped. */
    DROPPED,
    /** The agent says something this version does not know. */
    UNKNOWN;

    static TargetState of(String wire) {
        for (TargetState state : values()) {
            if (state.wireName().equals(wire)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
