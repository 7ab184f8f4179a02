package io.lightvessel.agent.link;

import java.time.Duration;

/** Rings once per interval; one of zero never rings. */
final class Alarm {
    private final long interval;
    private long next;

    Alarm(Duration interval) {
        this.interval = interval.toNanos();
        restart();
    }

    void restart() {
        next = System.nanoTime() + interval;
    }

    long nanosLeft() {
        return interval == 0 ? Long.MAX_VALUE : Math.max(0, next - System.nanoTime());
    }

    /** True once per interval; the next one begins now, so that a stalled thread does not ring in bursts. */
    boolean isDue() {
        if (interval == 0 || next - System.nanoTime() > 0) {
            return false;
        }
        restart();
        return true;
    }
}
