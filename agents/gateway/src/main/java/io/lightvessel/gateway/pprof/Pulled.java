package io.lightvessel.gateway.pprof;

import io.lightvessel.pipeline.Payload;

/** What came of the bytes that a target sent. */
sealed interface Pulled {

    /** A profile to hand on; the state holds once it is safe. */
    record Profile(Payload payload, PullState state) implements Pulled {}

    /** Nothing to hand on, as there is nothing to compare with yet, or no samples. */
    record Nothing(PullState state, boolean isFirst) implements Pulled {}

    /** It is no profile, or there was no memory for it; the state stays as it was. */
    record Refused(String message) implements Pulled {}
}
