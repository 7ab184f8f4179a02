package io.lightvessel.gateway.pprof;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last pull went.
 *
 * @param bytes of the answer
 * @param samples that were handed on
 * @param error one sentence; null when it went well
 */
record PullStatus(
        Instant at,
        Duration took,
        int bytes,
        int samples,
        @Nullable String error) {

    static final PullStatus NEVER = new PullStatus(Instant.EPOCH, Duration.ZERO, 0, 0, null);
}
