package io.lightvessel.platform.ui;

import io.lightvessel.fleet.Health;
import io.lightvessel.fleet.HealthStatus;
import java.time.Clock;

/** Shows whether something works: one of the two axes that are never merged. */
public class HealthBadge extends StatusBadge {

    private final transient Clock clock;

    public HealthBadge(Health health, Clock clock) {
        this.clock = clock;
        set(health);
    }

    public final void set(Health health) {
        set(icon(health.status()), tone(health.status()), word(health.status()), explain(health, clock));
    }

    /** Reason and since when, in one line. */
    public static String explain(Health health, Clock clock) {
        return StatusBadge.explain(health.reason(), health.since(), clock);
    }

    public static String word(HealthStatus status) {
        return switch (status) {
            case HEALTHY -> "Healthy";
            case DEGRADED -> "Degraded";
            case DOWN -> "Down";
            case WAITING -> "Waiting";
            case UNKNOWN -> "Unknown";
        };
    }

    public static Tone tone(HealthStatus status) {
        return switch (status) {
            case HEALTHY -> Tone.GOOD;
            case DEGRADED -> Tone.WARN;
            case DOWN -> Tone.BAD;
            case WAITING -> Tone.WAIT;
            case UNKNOWN -> Tone.NONE;
        };
    }

    public static Icons icon(HealthStatus status) {
        return status == HealthStatus.UNKNOWN ? Icons.UNKNOWN : tone(status).icon();
    }
}
