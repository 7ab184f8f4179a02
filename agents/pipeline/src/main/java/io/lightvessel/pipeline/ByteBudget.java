package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes all telemetry inside the agent may take, counted from before a body is read until its last reference goes.
 * When it is spent, receivers refuse and the producer keeps its data: the agent never runs out of memory instead.
 */
public final class ByteBudget {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicLong used = new AtomicLong();
    private volatile long capacity;

    public ByteBudget(long capacity) {
        changeCapacity(capacity);
    }

    /** Takes effect at once; what is already held stays, even if it is more. */
    public void changeCapacity(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("byte budget: " + bytes + " (expected: 1 or more)");
        }
        this.capacity = bytes;
    }

    public long capacity() {
        return capacity;
    }

    public long used() {
        return used.get();
    }

    /** Null when the budget is spent. */
    public @Nullable Lease tryAcquire(long bytes) {
        return take(bytes) ? new Lease(this, bytes) : null;
    }

    /** What to tell a producer whose bytes do not fit. */
    public Refusal refusal() {
        return Refusal.retryable(
                DropReason.MEMORY_LIMIT,
                "the agent's memory budget of " + capacity + " bytes is spent, " + used.get() + " are in use",
                RETRY_AFTER);
    }

    private boolean take(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
        long limit = capacity;
        long before = used.get();
        while (bytes <= limit - before) {
            long seen = used.compareAndExchange(before, before + bytes);
            if (seen == before) {
                return true;
            }
            before = seen;
        }
        return false;
    }

    private void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** A share of the budget held by one body; safe to use from one thread after another. */
    public static final class Lease {

        private final ByteBudget budget;
        private final AtomicLong held;

        private Lease(ByteBudget budget, long bytes) {
            this.budget = budget;
            this.held = new AtomicLong(bytes);
        }

        /** Bytes held; zero after release. */
        public long bytes() {
            return held.get();
        }

        /** Asks for more, as a body of unknown length arrives or unpacks; false when the budget is spent. */
        public boolean tryGrow(long bytes) {
            if (!budget.take(bytes)) {
                return false;
            }
            held.addAndGet(bytes);
            return true;
        }

        /** Gives back all but the given bytes, once the real size is known. */
        public void shrinkTo(long bytes) {
            long before = held.getAndAccumulate(bytes, Math::min);
            if (before > bytes) {
                budget.giveBack(before - bytes);
            }
        }

        /** Moves a part of what this lease holds to a lease of its own. */
        public Lease split(long bytes) {
            long before = held.getAndUpdate(all -> all >= bytes ? all - bytes : all);
            if (bytes < 0 || before < bytes) {
                throw new IllegalArgumentException("split: " + bytes + " (expected: 0.." + before + ")");
            }
            return new Lease(budget, bytes);
        }

        /** Gives everything back; doing so again is harmless. */
        public void release() {
            budget.giveBack(held.getAndSet(0));
        }
    }
}
