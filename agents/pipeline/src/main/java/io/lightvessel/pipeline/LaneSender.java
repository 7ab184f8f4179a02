package io.lightvessel.pipeline;

import io.netty.util.IllegalReferenceCountException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the attempts for a lane's entries, again after a while if need be, and books how each of them ends. */
final class LaneSender {

    /** Whoever has the entries. */
    interface Ends {
        /** Whether a failed entry needs no other attempt now, for it stays on a disk until another life. */
        boolean isLeftForLater(LaneEntry entry);

        /** It was delivered or lost, is in the books, and makes room. */
        void ended(LaneEntry entry);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);
    /** Whoever asks for more has a wrong clock; and what is centuries away cannot be scheduled. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final String name;
    private final DestinationBooks books;
    private final HealthCell health;
    private final Timer timer;
    private final Executor workers;
    private final RandomGenerator random;
    private final FormConverters converters;
    private final LogThrottle losses;
    private final Ends ends;
    private volatile Exporter target;
    private volatile RetrySettings retrySettings;

    LaneSender(
            String name,
            RetrySettings retry,
            Exporter target,
            DestinationBooks books,
            HealthCell health,
            Means means,
            Ends ends) {
        this.name = name;
        this.retrySettings = retry;
        this.target = target;
        this.books = books;
        this.health = health;
        this.timer = means.timer();
        this.workers = means.workers();
        this.random = means.random();
        this.converters = means.converters();
        this.losses = new LogThrottle(means.timer());
        this.ends = ends;
    }

    boolean takes(PayloadForm form) {
        return target.forms().contains(form);
    }

    void switchTo(Exporter changed, RetrySettings retry) {
        target = changed;
        retrySettings = retry;
    }

    /** Makes an entry's first attempt, at once if the exporter only hands bytes to its connection. */
    void start(LaneEntry entry) {
        Executor way = target.isPrompt() ? Runnable::run : workers;
        way.execute(() -> attempt(entry));
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
        if (!exporter.forms().contains(payload.form())) {
            // Queued for an exporter that took this form, before its settings changed.
            try {
                Payload converted = converters.convert(payload);
                payload.release();
                payload = converted;
            } catch (FormConverters.Impossible e) {
                payload.release();
                attempt.failed(e.refusal());
                return;
            }
        }
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
            entry.books().dropped(books.component(), DropReason.PARTIAL_REJECTION, lost, lostBytes);
            books.failed(lost);
        }
        if (message != null) {
            books.error(message);
            if (losses.mayLog()) {
                LOG.warn("{}: the backend rejected {} of {} records: {}", name, lost, payload.records(), message);
            }
        }
        health.ok();
        ends.ended(entry);
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
        if (ends.isLeftForLater(entry)) {
            return;
        }
        Duration delay = retry.delay(entry.nextRetry(), random.nextDouble());
        if (refusal.retryAfter() != null && refusal.retryAfter().compareTo(delay) > 0) {
            delay = refusal.retryAfter().compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : refusal.retryAfter();
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

    /** Makes the attempt that an entry waits for, if it does and nobody else has. */
    void retry(LaneEntry entry) {
        if (entry.claimRetry() && !entry.hasEnded()) {
            workers.execute(() -> attempt(entry));
        }
    }

    /** An exporter may name a reason of its own for a loss; one that speaks of producers is not about this loss. */
    private static DropReason lossReason(Refusal refusal, DropReason otherwise) {
        return refusal.reason().producerWasTold() ? otherwise : refusal.reason();
    }

    /** An entry is lost, and booked as such. */
    void giveUp(LaneEntry entry, DropReason reason, Refusal refusal) {
        if (!entry.end()) {
            return;
        }
        Payload payload = entry.payload();
        Result producer = entry.waitingProducer();
        DropReason booked = producer == null ? reason : DropReason.BACKEND_REFUSED;
        entry.books().dropped(books.component(), booked, payload.records(), payload.receivedBytes());
        books.failed(payload.records());
        if (producer == null && losses.mayLog()) {
            LOG.warn("{}: dropped {} ({}): {}", name, payload, reason.label(), refusal.message());
        }
        ends.ended(entry);
        if (producer != null) {
            producer.refused(refusal);
        }
    }
}
