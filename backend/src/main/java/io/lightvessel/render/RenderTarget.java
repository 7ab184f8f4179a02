package io.lightvessel.render;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whom a stack is rendered for. */
public enum RenderTarget {
    /** Lightvessel's own agents. */
    AGENT(true),
    /** Stock OpenTelemetry Collectors. */
    OTELCOL(true),
    /** Grafana Alloy. */
    ALLOY(true),
    /** The objects of the cluster that go with the agents. */
    KUBERNETES(false),
    /** What the backends need to work together. */
    BACKENDS(false);

    private final boolean hasRoles;

    RenderTarget(boolean hasRoles) {
        this.hasRoles = hasRoles;
    }

    /** Whether each role has files of its own. */
    public boolean hasRoles() {
        return hasRoles;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RenderTarget> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(target -> target.wireName().equals(name))
                .findFirst();
    }
}
