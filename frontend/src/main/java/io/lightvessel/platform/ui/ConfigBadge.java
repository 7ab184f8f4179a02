package io.lightvessel.platform.ui;

import io.lightvessel.fleet.ConfigState;
import io.lightvessel.fleet.ConfigStatus;
import java.time.Clock;

/** Shows whether something runs the configuration it should: the other of the two axes. */
public class ConfigBadge extends StatusBadge {

    private final transient Clock clock;

    public ConfigBadge(ConfigState config, Clock clock) {
        this.clock = clock;
        set(config);
    }

    public final void set(ConfigState config) {
        set(icon(config.status()), tone(config.status()), word(config.status()), explain(config, clock));
    }

    /** Reason and since when, in one line. */
    public static String explain(ConfigState config, Clock clock) {
        return StatusBadge.explain(config.reason(), config.since(), clock);
    }

    public static String word(ConfigStatus status) {
        return switch (status) {
            case IN_SYNC -> "In sync";
            case PENDING -> "Pending";
            case DRIFTED -> "Drifted";
            case FAILED -> "Failed";
            case NONE -> "None";
        };
    }

    public static Tone tone(ConfigStatus status) {
        return switch (status) {
            case IN_SYNC -> Tone.GOOD;
            case PENDING -> Tone.WAIT;
            case DRIFTED -> Tone.WARN;
            case FAILED -> Tone.BAD;
            case NONE -> Tone.NONE;
        };
    }

    public static Icons icon(ConfigStatus status) {
        return status == ConfigStatus.DRIFTED ? Icons.DRIFT : tone(status).icon();
    }
}
