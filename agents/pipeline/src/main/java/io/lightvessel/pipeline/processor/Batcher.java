package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.JoinedResult;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges OTLP requests with the same metadata until there are enough records or the oldest has waited long enough. */
final class Batcher {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

    /** Batches of many large records are sent earlier, for backends limit requests by bytes. */
    private static final long MOST_BYTES = 32L << 20;

    private final ProcessorContext context;
    private final BatchLimits limits;
    private final BatchSizes sizes;
    private final @Nullable Metadata metadata;

    private List<Payload> payloads = new ArrayList<>();
    private List<Result> results = new ArrayList<>();
    private long records;
    private long bytes;
    private long receivedBytes;
    private long generation;
    private int sending;
    private boolean stopped;

    /** What has been collected and now goes on. */
    private record Batch(List<Payload> payloads, List<Result> results) {}

    /**
     * @param metadata what is the same for all that come here; null when nobody asked for it to be told apart
     */
    Batcher(ProcessorContext context, BatchLimits limits, BatchSizes sizes, @Nullable Metadata metadata) {
        this.context = context;
        this.limits = limits;
        this.sizes = sizes;
        this.metadata = metadata;
    }

    void accept(Payload payload, Result result) {
        Batch full;
        Batch overflow = null;
        synchronized (this) {
            if (stopped || limits.timeout().isZero() || payload.form() != PayloadForm.OTLP) {
                full = new Batch(List.of(payload), List.of(result));
                sending++;
            } else {
                if (bytes > 0 && bytes + payload.size() > MOST_BYTES) {
                    overflow = take();
                }
                add(payload, result);
                full = limits.sendSize() > 0 && records >= limits.sendSize() ? take() : null;
            }
        }
        if (overflow != null) {
            send(overflow);
        }
        if (full != null) {
            send(full);
        }
    }

    private void add(Payload payload, Result result) {
        if (payloads.isEmpty()) {
            long mine = generation;
            context.timer().schedule(limits.timeout(), () -> sendIfStill(mine));
        }
        payloads.add(payload);
        results.add(result);
        records += payload.records();
        bytes += payload.size();
        receivedBytes += payload.receivedBytes();
    }

    private Batch take() {
        Batch batch = new Batch(payloads, results);
        payloads = new ArrayList<>();
        results = new ArrayList<>();
        records = 0;
        bytes = 0;
        receivedBytes = 0;
        generation++;
        sending++;
        return batch;
    }

    private void sendIfStill(long expected) {
        Batch batch;
        synchronized (this) {
            if (generation != expected || payloads.isEmpty()) {
                return;
            }
            batch = take();
        }
        sizes.sentOnTimeout();
        send(batch);
    }

    private void send(Batch batch) {
        try {
            Payload whole = metadata == null
                    ? Payload.concatenated(batch.payloads)
                    : Payload.concatenated(batch.payloads, metadata);
            Result result = batch.results.size() == 1 ? batch.results.getFirst() : new SharedResult(batch.results);
            List<Payload> pieces = cut(whole);
            Result each = pieces.size() == 1 ? result : new JoinedResult(result, pieces.size());
            for (Payload piece : pieces) {
                sizes.sent(piece.records());
                context.next().accept(piece, each);
            }
        } finally {
            synchronized (this) {
                sending--;
                notifyAll();
            }
        }
    }

    private List<Payload> cut(Payload whole) {
        if (whole.form() != PayloadForm.OTLP || limits.maxSize() == 0 || whole.records() <= limits.maxSize()) {
            return List.of(whole);
        }
        try {
            return PayloadCutter.cut(whole, limits.maxSize());
        } catch (MalformedPayload e) {
            // The walk has been through these very bytes, so this is a bug; the batch goes on too large but whole.
            LOG.error("{} of {}: {} cannot be cut: {}", context.id(), context.pipeline(), whole, e.getMessage());
            return List.of(whole);
        }
    }

    synchronized Count held() {
        return new Count(records, receivedBytes);
    }

    void stop(Duration grace) {
        Batch last = null;
        synchronized (this) {
            stopped = true;
            if (!payloads.isEmpty()) {
                last = take();
            }
        }
        if (last != null) {
            send(last);
        }
        awaitSending(grace);
    }

    synchronized boolean isIdle() {
        return payloads.isEmpty() && sending == 0;
    }

    /** Whoever stops this also stops what is behind it next, so nothing may be on its way there. */
    private synchronized void awaitSending(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        while (sending > 0 && System.nanoTime() < deadline) {
            try {
                wait(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
