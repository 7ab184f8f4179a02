package io.lightvessel.fleet.opamp;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all messages that are being received, so that many large ones cannot exhaust the heap. */
final class InboundBudget {
    private final AtomicLong free;

    InboundBudget(long bytes) {
        free = new AtomicLong(bytes);
    }

    boolean tryAcquire(long bytes) {
        long left = free.addAndGet(-bytes);
        if (left < 0) {
            free.addAndGet(bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        free.addAndGet(bytes);
    }

    long free() {
        return free.get();
    }
}
