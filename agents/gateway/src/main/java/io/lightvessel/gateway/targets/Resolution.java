package io.lightvessel.gateway.targets;

/** What became of a discovered target. */
sealed interface Resolution {

    /** It can be asked. */
    record Usable(Target target) implements Resolution {}

    /** A relabel rule dropped it. */
    record Dropped(int rule) implements Resolution {}

    /** Something is wrong with what relabelling left. */
    record Unusable(String reason) implements Resolution {}
}
