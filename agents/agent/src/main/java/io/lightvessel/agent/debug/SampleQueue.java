package io.lightvessel.agent.debug;

import io.lightvessel.pipeline.EdgeWatcher;
import io.lightvessel.pipeline.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands payloads from the threads that carry them to one viewer, and drops rather than let these wait. Small payloads are
 * copied; a large one is retained, but only while the viewer waits for something to read, so it goes back at once.
 */
final class SampleQueue implements EdgeWatcher {
    private static final int LARGEST_COPY = 64 << 10;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_SAMPLES = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private int bytes;
    private boolean waiting;
    private boolean closed;
    private volatile boolean asleep;
    private long passedPayloads;
    private long passedRecords;
    private long missedPayloads;

    @Override
    public void offered(Payload payload) {
        lock.lock();
        try {
            passedPayloads++;
            passedRecords += payload.records();
            if (closed || asleep || !takes(payload)) {
                missedPayloads++;
                return;
            }
            Sample sample = payload.size() <= LARGEST_COPY ? Sample.copyOf(payload) : Sample.retain(payload);
            samples.add(sample);
            bytes += sample.size();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean takes(Payload payload) {
        return payload.size() <= LARGEST_COPY
                ? samples.size() < MOST_SAMPLES && bytes + payload.size() <= MOST_BYTES
                : samples.isEmpty() && waiting;
    }

    /** The next one, which the caller releases; null when none came in time. */
    @Nullable
    Sample poll(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting = true;
            long left = atMost.toNanos();
            while (samples.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return take();
        } finally {
            waiting = false;
            lock.unlock();
        }
    }

    private @Nullable Sample take() {
        Sample sample = samples.poll();
        if (sample != null) {
            bytes -= sample.size();
        }
        return sample;
    }

    /** While asleep everything passes unseen and is only counted. */
    void sleep(boolean toSleep) {
        asleep = toSleep;
    }

    /** What has gone by since the queue was made: payloads and records, and payloads nobody looked into. */
    record Passed(long payloads, long records, long missedPayloads) {}

    Passed passed() {
        lock.lock();
        try {
            return new Passed(passedPayloads, passedRecords, missedPayloads);
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more and lets go of what is there. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Sample sample = take(); sample != null; sample = take()) {
                sample.release();
            }
        } finally {
            lock.unlock();
        }
    }
}
