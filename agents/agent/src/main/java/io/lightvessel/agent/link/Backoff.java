package io.lightvessel.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Delays between attempts: full jitter under a bound that doubles up to a cap, so that a fleet does not retry in step. */
final class Backoff {
    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    Duration next() {
        long bound = cap.toMillis();
        // Beyond 30 doublings the bound is the cap for any sensible base, and the shift stays within a long.
        if (failures < 30) {
            bound = Math.min(bound, base.toMillis() << failures);
        }
        failures++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    void reset() {
        failures = 0;
    }
}
