package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one line through every ten seconds: a backend that refuses everything must not fill the log; counters have it all. */
public final class LogThrottle {

    private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

    private final Timer timer;
    private final AtomicLong notBefore;

    public LogThrottle(Timer timer) {
        this.timer = timer;
        this.notBefore = new AtomicLong(timer.nanoTime());
    }

    public boolean mayLog() {
        long now = timer.nanoTime();
        long due = notBefore.get();
        return now - due >= 0 && notBefore.compareAndSet(due, now + INTERVAL);
    }
}
