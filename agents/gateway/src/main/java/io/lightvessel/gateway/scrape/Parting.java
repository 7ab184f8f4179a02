package io.lightvessel.gateway.scrape;

import io.lightvessel.pipeline.Timer;
import java.time.Duration;

/**
 * How long a target that goes to another replica waits for its last samples to be written. While the backend takes
 * nothing nobody waits for long, or a replica that leaves would not have handed over everything in time.
 */
final class Parting {
    /** As long as a request of remote write takes at most, unless its timeout is set otherwise. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Duration HOPELESS = Duration.ofMillis(200);
    private static final Duration TELLING = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final Timer timer;
    private long hopelessUntil;

    Parting(Timer timer) {
        this.timer = timer;
        this.hopelessUntil = timer.nanoTime();
    }

    /** @param room how much time there is before the target's next owner would miss a slot */
    synchronized Duration patience(Duration room) {
        Duration most = timer.nanoTime() - hopelessUntil < 0 ? HOPELESS : LONGEST;
        return room.compareTo(most) < 0 ? room : most;
    }

    /** @param waited for how long; only a long wait in vain says something of the backend */
    synchronized void ended(boolean written, Duration waited) {
        if (written) {
            hopelessUntil = timer.nanoTime();
        } else if (waited.compareTo(TELLING) >= 0) {
            hopelessUntil = timer.nanoTime() + REMEMBERED.toNanos();
        }
    }
}
