package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for several results and reports them as one: accepted when all accepted, otherwise refused. A retryable
 * refusal outweighs a permanent one, since the branch that may still succeed would otherwise lose the payload; those
 * that had accepted then see it twice.
 */
public final class JoinedResult implements Result {

    private final Result whole;
    private final AtomicInteger missing;
    private final AtomicReference<@Nullable Refusal> worst = new AtomicReference<>();

    public JoinedResult(Result whole, int parts) {
        this.whole = whole;
        this.missing = new AtomicInteger(parts);
    }

    @Override
    public void accepted() {
        countDown();
    }

    @Override
    public void refused(Refusal refusal) {
        worst.accumulateAndGet(refusal, JoinedResult::worse);
        countDown();
    }

    private void countDown() {
        if (missing.decrementAndGet() > 0) {
            return;
        }
        Refusal refusal = worst.get();
        if (refusal == null) {
            whole.accepted();
        } else {
            whole.refused(refusal);
        }
    }

    private static @Nullable Refusal worse(@Nullable Refusal before, @Nullable Refusal after) {
        if (before == null || after == null) {
            return after == null ? before : after;
        }
        if (before.isRetryable() != after.isRetryable()) {
            return before.isRetryable() ? before : after;
        }
        return wait(after).compareTo(wait(before)) > 0 ? after : before;
    }

    private static Duration wait(Refusal refusal) {
        return refusal.retryAfter() == null ? Duration.ZERO : refusal.retryAfter();
    }
}
