package io.lightvessel.gateway.server;

import java.time.Duration;

/**
 * How long clients may take.
 *
 * @param body for a body to arrive, on top of the time its bytes need at {@link #SLOWEST_BYTES_PER_SECOND}
 * @param idle for a first request, and between requests on an HTTP/1.1 connection
 * @param check how often connections with something under way are looked at
 */
public record Timeouts(Duration body, Duration idle, Duration check) {
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(1));

    /** A body that comes slower than this holds memory for nothing. */
    private static final long SLOWEST_BYTES_PER_SECOND = 64 * 1024;

    boolean isBodyLate(long elapsedNanos, long receivedBytes) {
        return elapsedNanos > body.toNanos() + receivedBytes * (1_000_000_000L / SLOWEST_BYTES_PER_SECOND);
    }
}
