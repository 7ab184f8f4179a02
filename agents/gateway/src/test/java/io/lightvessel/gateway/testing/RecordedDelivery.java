package io.lightvessel.gateway.testing;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How one attempt went, as a line a test can compare: {@code delivered}, {@code retryable after PT2S: …}. */
public final class RecordedDelivery implements Delivery {
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    /** Exports a request and waits for what comes of it; the payload's memory must have been given back by then. */
    public static String export(Exporter exporter, Signal signal, byte[] request) throws Exception {
        var bytes = Unpooled.copiedBuffer(request);
        String outcome = export(exporter, Payload.walk(signal, bytes));
        // A write that the peer cut short may still hold the bytes for a moment.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (bytes.refCnt() != 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the payload was not released");
            }
            Thread.sleep(1);
        }
        return outcome;
    }

    public static String export(Exporter exporter, Payload payload) throws Exception {
        RecordedDelivery delivery = new RecordedDelivery();
        exporter.export(payload, delivery);
        return delivery.await();
    }

    public String await() throws Exception {
        return outcome.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void delivered() {
        complete("delivered");
    }

    @Override
    public void partlyDelivered(long rejectedRecords, String message) {
        complete("rejected " + rejectedRecords + ": " + message);
    }

    @Override
    public void failed(Refusal refusal) {
        complete((refusal.isRetryable() ? "retryable" : "permanent")
                + (refusal.retryAfter() == null ? "" : " after " + refusal.retryAfter()) + ": " + refusal.message());
    }

    private void complete(String text) {
        if (!outcome.complete(text)) {
            throw new AssertionError("completed twice: " + text);
        }
    }
}
