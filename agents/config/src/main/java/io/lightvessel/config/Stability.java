package io.lightvessel.config;

import java.util.Locale;

/** How far a component can be relied upon, in the Collector's terms. */
public enum Stability {
    /** Not finished: keys and behaviour change at any time. */
    DEVELOPMENT,
    /** Usable for tests; keys may still change. */
    ALPHA,
    /** Good for production; changes of keys are announced. */
    BETA,
    /** Keys and behaviour stay. */
    STABLE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
