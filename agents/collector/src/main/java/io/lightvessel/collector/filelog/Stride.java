package io.lightvessel.collector.filelog;

import java.util.concurrent.TimeUnit;

/**
 * How much of a log is sent at a time. One stretch is under way per log, and a kill doubles no more than that; so it is
 * small, and grows only for a log that is behind while downstream takes long to answer, a batch's timeout for instance.
 */
final class Stride {
    private static final int SMALLEST = 256 << 10;
    private static final int LARGEST = 1 << 20;
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(20);

    private int bytes = SMALLEST;
    private boolean full;
    private long begun;

    int bytes() {
        return bytes;
    }

    /** A stretch was sent. */
    void begin(int read, long now) {
        full = read > bytes / 2;
        begun = now;
    }

    /** It was taken. */
    void took(long now) {
        if (full && now - begun > SLOW) {
            bytes = Math.min(LARGEST, bytes * 2);
        } else if (!full) {
            bytes = SMALLEST;
        }
    }
}
