package io.lightvessel.config.ottl;

import io.lightvessel.config.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a statement is run for: every resource, every scope, every span and so on. */
public enum OttlContext {
    RESOURCE(null),
    SCOPE(RESOURCE),
    SPAN(SCOPE),
    SPANEVENT(SPAN),
    METRIC(SCOPE),
    DATAPOINT(METRIC),
    LOG(SCOPE);

    private final @Nullable OttlContext parent;

    OttlContext(@Nullable OttlContext parent) {
        this.parent = parent;
    }

    /** The context as configs and paths spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many contexts are around it. */
    public int depth() {
        return parent == null ? 0 : parent.depth() + 1;
    }

    /** Whether paths of another context can be used in this one. */
    public boolean sees(OttlContext other) {
        return this == other || (parent != null && parent.sees(other));
    }

    /** The contexts of a signal, from the outside in. */
    public static List<OttlContext> of(Signal signal) {
        return switch (signal) {
            case TRACES -> List.of(RESOURCE, SCOPE, SPAN, SPANEVENT);
            case METRICS -> List.of(RESOURCE, SCOPE, METRIC, DATAPOINT);
            case LOGS -> List.of(RESOURCE, SCOPE, LOG);
            case PROFILES -> List.of();
        };
    }

    /** The context a path names with its first word; scopes have two names. */
    static Optional<OttlContext> named(String word) {
        if (word.equals("instrumentation_scope")) {
            return Optional.of(SCOPE);
        }
        return Arrays.stream(values())
                .filter(context -> context.label().equals(word))
                .findFirst();
    }
}
