package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The bytes all telemetry inside the agent may take, counted from before a body is read until its last reference goes.
 * When it is spent, receivers refuse and the producer keeps its data: the agent never runs out of memory instead.
 *
 * <p>It is fair between clients once it is short: the last quarter is only for those that hold less than their share,
 * and nobody holds all of it with several requests, so that there is always room for one who uses little.
 */
public final class ByteBudget {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicLong used = new AtomicLong();
    private final AtomicLong arriving = new AtomicLong();
    private final ClientShares clients = new ClientShares();
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

    /** What is held by bodies that are there, and thus can be sent on. */
    public long pending() {
        return used.get() - arriving.get();
    }

    /** Says how much more of what is held waits for the rest of a body; negative when bodies are complete or gone. */
    public void arriving(long bytes) {
        arriving.addAndGet(bytes);
    }

    /** For what the agent reads by itself, which waits when the budget is spent; null when it is. */
    public @Nullable Lease tryAcquire(long bytes) {
        return take(bytes, capacity) ? new Lease(this, ClientShares.NOBODY, bytes) : null;
    }

    /**
     * For what a client sends; null when the budget is spent or, while it is short, the client's share of it.
     *
     * @param client what tells clients apart by equality: an address or an authenticated name
     */
    public @Nullable Lease tryAcquire(long bytes, Object client) {
        int slot = clients.slot(client);
        if (!take(bytes, limit(slot, 0, bytes))) {
            return null;
        }
        clients.took(slot, bytes);
        return new Lease(this, slot, bytes);
    }

    /** Up to where the budget may be filled by a client that wants more. */
    private long limit(int slot, long own, long more) {
        long whole = capacity;
        long open = whole - whole / 4;
        // The common case: there is plenty.
        if (slot == ClientShares.NOBODY || used.get() + more <= open) {
            return slot == ClientShares.NOBODY ? whole : open;
        }
        return clients.mayTake(slot, own, more, whole) ? whole : open;
    }

    /**
     * Takes bytes even if the budget is spent, for what comes back from a disk: that must go on its way for the budget to
     * be given back at all. Others are refused meanwhile.
     */
    Lease take(int bytes) {
        used.addAndGet(bytes);
        return new Lease(this, ClientShares.NOBODY, bytes);
    }

    /** What to tell a producer whose bytes do not fit. */
    public Refusal refusal() {
        return Refusal.retryable(
                DropReason.MEMORY_LIMIT,
                "the agent's memory budget of " + capacity + " bytes is spent, " + used.get() + " are in use",
                RETRY_AFTER);
    }

    private boolean take(long bytes, long limit) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
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

    private void giveBack(int slot, long bytes) {
        used.addAndGet(-bytes);
        clients.gaveBack(slot, bytes);
    }

    /** A share of the budget held by one body; safe to use from one thread after another. */
    public static final class Lease {

        private final ByteBudget budget;
        private final int slot;
        private final AtomicLong held;

        private Lease(ByteBudget budget, int slot, long bytes) {
            this.budget = budget;
            this.slot = slot;
            this.held = new AtomicLong(bytes);
        }

        /** Bytes held; zero after release. */
        public long bytes() {
            return held.get();
        }

        /** Whether the client that holds this holds no more than its share of so many bytes; never for nobody's. */
        boolean isWithinShareOf(long bytes) {
            return budget.clients.isWithinShare(slot, budget.used(), bytes);
        }

        /** Asks for more, as a body of unknown length arrives or unpacks; false when the budget is spent. */
        public boolean tryGrow(long bytes) {
            if (!budget.take(bytes, budget.limit(slot, held.get(), bytes))) {
                return false;
            }
            budget.clients.took(slot, bytes);
            held.addAndGet(bytes);
            return true;
        }

        /** Gives back all but the given bytes, once the real size is known. */
        public void shrinkTo(long bytes) {
            long before = held.getAndAccumulate(bytes, Math::min);
            if (before > bytes) {
                budget.giveBack(slot, before - bytes);
            }
        }

        /** Moves a part of what this lease holds to a lease of its own. */
        public Lease split(long bytes) {
            long before = held.getAndUpdate(all -> all >= bytes ? all - bytes : all);
            if (bytes < 0 || before < bytes) {
                throw new IllegalArgumentException("split: " + bytes + " (expected: 0.." + before + ")");
            }
            return new Lease(budget, slot, bytes);
        }

        /** Gives everything back; doing so again is harmless. */
        public void release() {
            budget.giveBack(slot, held.getAndSet(0));
        }
    }
}
