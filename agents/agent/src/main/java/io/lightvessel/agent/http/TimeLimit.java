package io.lightvessel.agent.http;

import java.time.Duration;

/**
 * Interrupts the thread that made it unless it is closed in time. An interrupt closes the connection the thread writes to,
 * so a peer that reads a byte a minute cannot keep it for ever.
 */
public final class TimeLimit implements AutoCloseable {
    private final Thread limited = Thread.currentThread();
    private final Thread watch;
    private boolean closed;

    public TimeLimit(Duration atMost) {
        watch = Thread.ofVirtual().name("time-limit").start(() -> {
            try {
                Thread.sleep(atMost);
                expire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void expire() {
        if (!closed) {
            limited.interrupt();
        }
    }

    /** After this no interrupt comes any more. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        watch.interrupt();
    }
}
