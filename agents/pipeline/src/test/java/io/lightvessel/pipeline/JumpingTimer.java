package io.lightvessel.pipeline;

import java.time.Duration;
import java.time.Instant;

/** Time moved by hand, whose wall clock is also set to other times, as NTP or an operator sets it. */
final class JumpingTimer implements Timer {

    private final ManualTimer steady = new ManualTimer();
    private Duration offset = Duration.ofDays(20_000);

    /** The wall clock jumps; no time passes. */
    void jump(Duration by) {
        offset = offset.plus(by);
    }

    void advance(Duration by) {
        steady.advance(by);
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        return steady.schedule(delay, task);
    }

    @Override
    public long nanoTime() {
        return steady.nanoTime();
    }

    @Override
    public Instant now() {
        return steady.now().plus(offset);
    }
}
