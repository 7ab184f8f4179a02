package io.lightvessel.targets.ui;

import io.lightvessel.platform.ui.Tone;
import io.lightvessel.targets.TargetState;

/** What targets' states are called on screen, and how they feel. */
final class TargetWords {

    private TargetWords() {}

    static String word(TargetState state) {
        return switch (state) {
            case UP -> "Up";
            case DOWN -> "Down";
            case PENDING -> "Pending";
            case UNOWNED -> "No owner";
            case DROPPED -> "Dropped";
            case UNKNOWN -> "Unknown";
        };
    }

    static Tone tone(TargetState state) {
        return switch (state) {
            case UP -> Tone.GOOD;
            case DOWN -> Tone.BAD;
            case PENDING -> Tone.WAIT;
            case UNOWNED -> Tone.WARN;
            case DROPPED, UNKNOWN -> Tone.NONE;
        };
    }

    /** The state in one sentence, for people who meet it for the first time. */
    static String explain(TargetState state) {
        return switch (state) {
            case UP -> "The last scrape succeeded.";
            case DOWN -> "The last scrape failed.";
            case PENDING -> "It has an owner and was not scraped yet.";
            case UNOWNED -> "No replica owns it at this moment, so nobody scrapes it.";
            case DROPPED -> "Relabelling or a limit keeps it from being scraped.";
            case UNKNOWN -> "The agent reports a state this version does not know.";
        };
    }
}
