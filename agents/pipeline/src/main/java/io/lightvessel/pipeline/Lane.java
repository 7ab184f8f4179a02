package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One signal's way to one backend: takes payloads in, into memory or onto a disk, and says when each is sent. Lanes
 * outlive changes of their exporter's settings, so that what is queued goes on to the new address.
 */
final class Lane implements LaneSender.Ends {

    static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(1);

    private final String name;
    private final LaneQueue queue;
    private final LaneStorage storage = new LaneStorage();
    private final AtomicInteger feeding = new AtomicInteger();
    private final AtomicInteger dispatching = new AtomicInteger();
    private final LaneSender sender;
    private final DestinationBooks books;
    private final Timer timer;
    private final Executor workers;
    private final HealthCell health;
    private volatile boolean draining;

    Lane(
            String name,
            QueueSettings queue,
            RetrySettings retry,
            Exporter target,
            DestinationBooks books,
            HealthCell health,
            Means means) {
        this.name = name;
        this.queue = new LaneQueue(queue);
        this.sender = new LaneSender(name, retry, target, books, health, means, this);
        this.books = books;
        this.health = health;
        this.timer = means.timer();
        this.workers = means.workers();
    }

    /** Whether payloads of a form need not be converted before they come here. */
    boolean takes(PayloadForm form) {
        return sender.takes(form);
    }

    /** Takes over a payload on behalf of a pipeline; returns false when it refused. */
    boolean accept(Payload payload, Result result, PipelineBooks pipeline) {
        QueueSettings settings = queue.settings();
        DiskQueue disk = storage.current();
        if (disk != null) {
            LaneEntry entry = new LaneEntry(payload, pipeline, null, timer.nanoTime());
            return answer(disk.admit(entry, result), entry, result, settings);
        }
        LaneEntry entry = new LaneEntry(payload, pipeline, settings.tellsOutcome() ? result : null, timer.nanoTime());
        LaneQueue.Admission admission = queue.admit(entry, result);
        if (admission == LaneQueue.Admission.TAKEN) {
            if (entry.waitingProducer() == null) {
                result.accepted();
            }
            dispatch();
        }
        return answer(admission, entry, result, settings);
    }

    private boolean answer(LaneQueue.Admission admission, LaneEntry entry, Result result, QueueSettings settings) {
        return switch (admission) {
            // Its producer is told when it is safe, or when there is room.
            case TAKEN, HELD_UP -> true;
            case FULL -> {
                books.refusedByQueue(entry.payload().records());
                turnAway(entry, result, fullRefusal(entry.payload(), settings));
                yield false;
            }
            case CLOSED -> {
                turnAway(entry, result, closedRefusal());
                yield false;
            }
        };
    }

    private Refusal fullRefusal(Payload payload, QueueSettings settings) {
        if (settings.sizer().sizeOf(payload) > settings.capacity()) {
            return Refusal.permanent(DropReason.QUEUE_FULL, name + ": " + payload + " is larger than the whole queue");
        }
        return Refusal.retryable(
                DropReason.QUEUE_FULL,
                name + ": the sending queue is full (" + settings.capacity() + " "
                        + settings.sizer().name().toLowerCase(Locale.ROOT) + ")",
                RETRY_WHEN_FULL);
    }

    private Refusal closedRefusal() {
        return Refusal.retryable(DropReason.SHUTTING_DOWN, name + ": stopping", RETRY_WHEN_FULL);
    }

    private void turnAway(LaneEntry entry, Result result, Refusal refusal) {
        turnAway(entry, result, refusal, books.component());
    }

    /** An entry that never got in. */
    static void turnAway(LaneEntry entry, Result result, Refusal refusal, String component) {
        if (entry.end()) {
            Payload payload = entry.payload();
            entry.books().dropped(component, refusal.reason(), payload.records(), payload.receivedBytes());
            payload.release();
            result.refused(refusal);
        }
    }

    /** By one thread at a time and never from within itself: attempts may end, and so make room, before they return. */
    private void dispatch() {
        int seen = dispatching.incrementAndGet();
        if (seen != 1) {
            return;
        }
        do {
            for (LaneEntry entry = queue.next(); entry != null; entry = queue.next()) {
                sender.start(entry);
            }
            seen = dispatching.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Takes entries from the disk for as long as some should be at hand. */
    private void feed() {
        if (feeding.getAndIncrement() == 0) {
            workers.execute(() -> {
                int seen = 0;
                do {
                    seen = feeding.get();
                    takeFromStorage();
                } while (feeding.addAndGet(-seen) != 0);
            });
        }
    }

    private void takeFromStorage() {
        while (!draining && queue.wantsMore()) {
            LaneEntry entry = storage.next();
            if (entry == null) {
                return;
            }
            if (!queue.put(entry)) {
                leaveOnDisk(entry);
                return;
            }
            dispatch();
        }
    }

    /** The entry ends here but not in the books: another life delivers it. */
    private void leaveOnDisk(LaneEntry entry) {
        DiskEntry disk = entry.disk();
        if (disk != null && entry.end()) {
            disk.queue().giveBack(disk.stored());
            queue.remove(entry);
            entry.payload().release();
        }
    }

    @Override
    public boolean isLeftForLater(LaneEntry entry) {
        if (!draining || entry.disk() == null) {
            return false;
        }
        leaveOnDisk(entry);
        return true;
    }

    @Override
    public void ended(LaneEntry entry) {
        for (LaneQueue.HeldUp admitted : queue.remove(entry)) {
            if (admitted.entry().waitingProducer() == null) {
                admitted.producer().accepted();
            }
        }
        DiskEntry disk = entry.disk();
        if (disk != null) {
            disk.queue().ended(disk.stored());
        } else if (storage.isUsed()) {
            feed();
        }
        entry.payload().release();
        dispatch();
    }

    /** Sends through another exporter from now on; what waits to be tried again is tried at once. */
    void switchTo(Exporter changed, QueueSettings settings, RetrySettings retry) {
        sender.switchTo(changed, retry);
        queue.change(settings);
        storage.change(settings);
        queue.activeEntries().forEach(sender::retry);
        dispatch();
        feed();
    }

    /**
     * Stores in a queue on disk from now on, or no longer; what is queued, wherever it is, is sent first.
     *
     * @param store false to empty the queue only
     */
    void storeIn(@Nullable DiskQueue disk, boolean store) {
        if (disk != null && storage.in(disk.directory()) == null) {
            disk.adopt(this::feed);
        }
        storage.use(disk, store);
        feed();
    }

    /** The queue on disk that this lane has in a directory. */
    @Nullable
    DiskQueue storedIn(Path directory) {
        return storage.in(directory);
    }

    /**
     * Takes nothing more, sends what is queued for as long as told, and drops the rest with its reason. What is on disk
     * stays there; only what is under way is waited for.
     */
    void drain(Duration atMost) {
        draining = true;
        for (DiskQueue disk : storage.all()) {
            for (LaneQueue.HeldUp heldUp : disk.close()) {
                turnAway(heldUp.entry(), heldUp.producer(), closedRefusal());
            }
        }
        for (LaneQueue.HeldUp heldUp : queue.close()) {
            turnAway(heldUp.entry(), heldUp.producer(), closedRefusal());
        }
        for (LaneEntry entry : queue.waitingEntries()) {
            leaveOnDisk(entry);
        }
        for (LaneEntry entry : queue.activeEntries()) {
            if (entry.disk() != null && entry.claimRetry()) {
                leaveOnDisk(entry);
            }
        }
        boolean empty = false;
        try {
            empty = queue.awaitEmpty(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!empty) {
            for (LaneEntry entry : queue.entries()) {
                leaveOnDisk(entry);
                sender.giveUp(entry, DropReason.SHUTDOWN, closedRefusal());
            }
        }
        awaitFeeder(atMost);
        storage.release();
    }

    /** What it has in hand must be given back before the books are closed over it. */
    private void awaitFeeder(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (feeding.get() != 0 && System.nanoTime() < deadline) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    Count held(PipelineId pipeline) {
        return queue.held(pipeline).plus(storage.held(pipeline));
    }

    long queuedRecords() {
        return queue.queuedRecords() + storage.queuedRecords();
    }

    long queueUsed() {
        return queue.used() + storage.used();
    }

    QueueSettings queueSettings() {
        return queue.settings();
    }

    /** How delivery goes, or storing if that goes worse. */
    ComponentHealth health() {
        ComponentHealth worst = health.health();
        for (DiskQueue disk : storage.all()) {
            ComponentHealth stored = disk.health();
            worst = stored.status().compareTo(worst.status()) > 0 ? stored : worst;
        }
        return worst;
    }

    DestinationBooks books() {
        return books;
    }
}
