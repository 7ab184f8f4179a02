package io.lightvessel.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One payload on its way to a backend, and whose books it is on. Its end is decided once, by whoever comes first. */
final class LaneEntry {

    private final Payload payload;
    private final PipelineBooks books;
    private final @Nullable Result waitingProducer;
    private final long since;
    private final @Nullable DiskEntry disk;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean waitsForRetry = new AtomicBoolean();
    private int retries;

    /** @param waitingProducer whom to tell how it ends; null when being queued is all it waits for */
    LaneEntry(Payload payload, PipelineBooks books, @Nullable Result waitingProducer, long since) {
        this(payload, books, waitingProducer, since, null);
    }

    /** @param disk where it is stored; null when it is in memory only */
    LaneEntry(
            Payload payload,
            PipelineBooks books,
            @Nullable Result waitingProducer,
            long since,
            @Nullable DiskEntry disk) {
        this.payload = payload;
        this.books = books;
        this.waitingProducer = waitingProducer;
        this.since = since;
        this.disk = disk;
    }

    @Nullable
    DiskEntry disk() {
        return disk;
    }

    Payload payload() {
        return payload;
    }

    PipelineBooks books() {
        return books;
    }

    @Nullable
    Result waitingProducer() {
        return waitingProducer;
    }

    /** Nanoseconds since the lane took it. */
    long age(long now) {
        return now - since;
    }

    /** True for the first caller only, who then does the accounting. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    boolean hasEnded() {
        return ended.get();
    }

    /** How many retries there were before; called by one thread after another. */
    int nextRetry() {
        return retries++;
    }

    void waitForRetry() {
        waitsForRetry.set(true);
    }

    /** True for the first who wants to make the retry that is due, be it the timer or a change of settings. */
    boolean claimRetry() {
        return waitsForRetry.compareAndSet(true, false);
    }
}
