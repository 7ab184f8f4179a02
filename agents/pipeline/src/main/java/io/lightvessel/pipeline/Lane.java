package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import io.netty.util.IllegalReferenceCountException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One signal's way to one backend: queue, attempts, retries and their accounting. Lanes outlive changes of their
 * exporter's settings, so that what is queued goes on to the new address.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(1);

    private final String name;
    private final LaneQueue queue;
    private final DestinationBooks books;
    private final Timer timer;
    private final Executor workers;
    private final RandomGenerator random;
    private final HealthCell health;
    private final LogThrottle losses;
    private volatile Exporter target;
    private volatile RetrySettings retrySettings;

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
        this.retrySettings = retry;
        this.target = target;
        this.books = books;
        this.health = health;
        this.timer = means.timer();
        this.losses = new LogThrottle(means.timer());
        this.workers = means.workers();
        this.random = means.random();
    }

    /** Takes over a payload on behalf of a pipeline; returns false when it refused. */
    boolean accept(Payload payload, Result result, PipelineBooks pipeline) {
        QueueSettings settings = queue.settings();
        LaneEntry entry = new LaneEntry(payload, pipeline, settings.enabled() ? null : result, timer.nanoTime());
        return switch (queue.admit(entry, result)) {
            case TAKEN -> {
                if (entry.waitingProducer() == null) {
                    result.accepted();
                }
                dispatch();
                yield true;
            }
            // Its producer is told when there is room.
            case HELD_UP -> true;
            case FULL -> {
                books.refusedByQueue(payload.records());
                turnAway(entry, result, fullRefusal(payload, settings));
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

    /** An entry that never got in. */
    private static void turnAway(LaneEntry entry, Result result, Refusal refusal) {
        if (entry.end()) {
            Payload payload = entry.payload();
            entry.books().dropped(refusal.reason(), payload.records(), payload.receivedBytes());
            payload.release();
            result.refused(refusal);
        }
    }

    private void dispatch() {
        for (LaneEntry entry = queue.next(); entry != null; entry = queue.next()) {
            LaneEntry next = entry;
            workers.execute(() -> attempt(next));
        }
    }

    private void attempt(LaneEntry entry) {
        Payload payload;
        try {
            payload = entry.payload().retain();
        } catch (IllegalReferenceCountException e) {
            // It ended while it waited for its turn, and has been accounted for.
            return;
        }
        Exporter exporter = target;
        LaneAttempt attempt = new LaneAttempt(this, entry);
        try {
            exporter.export(payload, attempt);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: the exporter threw, which its contract forbids", name, e);
            attempt.failed(Refusal.permanent(DropReason.COMPONENT_FAILURE, name + ": " + e));
        }
    }

    void delivered(LaneEntry entry, long rejected, @Nullable String message) {
        if (!entry.end()) {
            return;
        }
        Payload payload = entry.payload();
        long lost = Math.clamp(rejected, 0, payload.records());
        long lostBytes = payload.records() == 0 ? 0 : payload.receivedBytes() * lost / payload.records();
        entry.books().delivered(payload.records() - lost, payload.receivedBytes() - lostBytes);
        books.acknowledged(payload.records() - lost, payload.size());
        if (lost > 0) {
            entry.books().dropped(DropReason.PARTIAL_REJECTION, lost, lostBytes);
            books.failed(lost);
        }
        if (message != null) {
            books.error(message);
            if (losses.mayLog()) {
                LOG.warn("{}: the backend rejected {} of {} records: {}", name, lost, payload.records(), message);
            }
        }
        health.ok();
        leave(entry);
        Result producer = entry.waitingProducer();
        if (producer != null) {
            producer.accepted();
        }
    }

    void failed(LaneEntry entry, Refusal refusal) {
        if (entry.hasEnded()) {
            return;
        }
        books.error(refusal.message());
        health.recoverable(refusal.message());
        if (!refusal.isRetryable()) {
            giveUp(entry, lossReason(refusal, DropReason.PERMANENT_FAILURE), refusal);
            return;
        }
        RetrySettings retry = retrySettings;
        if (!retry.enabled()) {
            giveUp(entry, DropReason.RETRY_DISABLED, refusal);
            return;
        }
        Duration delay = retry.delay(entry.nextRetry(), random.nextDouble());
        if (refusal.retryAfter() != null && refusal.retryAfter().compareTo(delay) > 0) {
            delay = refusal.retryAfter();
        }
        Duration maxElapsed = retry.maxElapsed();
        if (!maxElapsed.isZero()
                && Duration.ofNanos(entry.age(timer.nanoTime())).plus(delay).compareTo(maxElapsed) > 0) {
            giveUp(entry, DropReason.RETRIES_EXHAUSTED, refusal);
            return;
        }
        entry.waitForRetry();
        timer.schedule(delay, () -> retry(entry));
    }

    private void retry(LaneEntry entry) {
        if (entry.claimRetry() && !entry.hasEnded()) {
            workers.execute(() -> attempt(entry));
        }
    }

    /** An exporter may name a reason of its own for a loss; one that speaks of producers is not about this loss. */
    private static DropReason lossReason(Refusal refusal, DropReason otherwise) {
        return refusal.reason().producerWasTold() ? otherwise : refusal.reason();
    }

    private void giveUp(LaneEntry entry, DropReason reason, Refusal refusal) {
        if (!entry.end()) {
            return;
        }
        Payload payload = entry.payload();
        Result producer = entry.waitingProducer();
        DropReason booked = producer == null ? reason : DropReason.BACKEND_REFUSED;
        entry.books().dropped(booked, payload.records(), payload.receivedBytes());
        books.failed(payload.records());
        if (producer == null && losses.mayLog()) {
            LOG.warn("{}: dropped {} ({}): {}", name, payload, reason.label(), refusal.message());
        }
        leave(entry);
        if (producer != null) {
            producer.refused(refusal);
        }
    }

    private void leave(LaneEntry entry) {
        for (LaneQueue.HeldUp admitted : queue.remove(entry)) {
            admitted.producer().accepted();
        }
        entry.payload().release();
        dispatch();
    }

    /** Sends through another exporter from now on; what waits to be tried again is tried at once. */
    void switchTo(Exporter changed, QueueSettings settings, RetrySettings retry) {
        target = changed;
        retrySettings = retry;
        queue.change(settings);
        queue.activeEntries().forEach(this::retry);
        dispatch();
    }

    /** Takes nothing more, sends what is queued for as long as told, and drops the rest with its reason. */
    void drain(Duration atMost) {
        for (LaneQueue.HeldUp heldUp : queue.close()) {
            turnAway(heldUp.entry(), heldUp.producer(), closedRefusal());
        }
        boolean empty = false;
        try {
            empty = queue.awaitEmpty(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!empty) {
            for (LaneEntry entry : queue.entries()) {
                giveUp(entry, DropReason.SHUTDOWN, closedRefusal());
            }
        }
    }

    Count held(PipelineId pipeline) {
        return queue.held(pipeline);
    }

    long queuedRecords() {
        return queue.queuedRecords();
    }

    long queueUsed() {
        return queue.used();
    }

    QueueSettings queueSettings() {
        return queue.settings();
    }

    ComponentHealth health() {
        return health.health();
    }

    DestinationBooks books() {
        return books;
    }
}
