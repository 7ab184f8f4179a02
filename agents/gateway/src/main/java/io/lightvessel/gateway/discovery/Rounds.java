package io.lightvessel.gateway.discovery;

import io.lightvessel.pipeline.Timer;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Does the same again and again, with a pause after each time, until it is closed. */
final class Rounds implements AutoCloseable {

    private final Timer timer;
    private final Executor executor;
    private final Duration pause;
    private final Runnable round;
    private Timer.@Nullable Task next;
    private boolean closed;

    /** @param executor what runs the rounds, which may block */
    Rounds(Timer timer, Executor executor, Duration pause, Runnable round) {
        this.timer = timer;
        this.executor = executor;
        this.pause = pause;
        this.round = round;
    }

    void startNow() {
        executor.execute(this::run);
    }

    synchronized void startAfterPause() {
        if (!closed) {
            next = timer.schedule(pause, this::startNow);
        }
    }

    private void run() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        try {
            round.run();
        } finally {
            startAfterPause();
        }
    }

    /** A round that is under way ends by itself. */
    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel();
        }
    }
}
