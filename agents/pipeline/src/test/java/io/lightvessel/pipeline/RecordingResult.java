package io.lightvessel.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers how it was completed, and how often. */
public final class RecordingResult implements Result {

    private final AtomicInteger completions = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Refusal refusal;

    @Override
    public void accepted() {
        complete();
    }

    @Override
    public void refused(Refusal why) {
        refusal = why;
        complete();
    }

    private void complete() {
        if (completions.incrementAndGet() > 1) {
            throw new AssertionError("completed twice");
        }
        done.countDown();
    }

    public boolean isDone() {
        return completions.get() > 0;
    }

    public boolean isAccepted() {
        return isDone() && refusal == null;
    }

    /** Null when accepted or not yet complete. */
    public Refusal refusal() {
        return refusal;
    }

    public RecordingResult await() throws InterruptedException {
        if (!done.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("not completed");
        }
        return this;
    }
}
