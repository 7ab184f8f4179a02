package io.lightvessel.pipeline;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What each client holds of the byte budget, in a table of fixed size: clients that meet in a slot count as one, which
 * makes them poorer but never hurts the others. Costs two atomic additions per request.
 */
final class ClientShares {

    /** The slot of what belongs to no client. */
    static final int NOBODY = -1;

    private static final int SLOTS = 4096;
    /** Of the whole budget, what no client may exceed with several requests, in eighths. */
    private static final int MOST = 7;

    private final AtomicLongArray held = new AtomicLongArray(SLOTS);
    private final AtomicInteger active = new AtomicInteger();
    /** So that nobody can choose an address which meets another's slot. */
    private final int seed = ThreadLocalRandom.current().nextInt();

    int slot(Object client) {
        int hash = (client.hashCode() ^ seed) * 0x9E3779B9;
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }

    void took(int slot, long bytes) {
        if (slot != NOBODY && bytes > 0 && held.getAndAdd(slot, bytes) == 0) {
            active.incrementAndGet();
        }
    }

    void gaveBack(int slot, long bytes) {
        if (slot != NOBODY && bytes > 0 && held.addAndGet(slot, -bytes) == 0) {
            active.decrementAndGet();
        }
    }

    /**
     * Whether a client may still take more when the budget is short: with its only request always, or else it would
     * starve; otherwise as long as it stays within its share.
     *
     * @param own what the request that wants more holds already
     */
    boolean mayTake(int slot, long own, long more, long capacity) {
        long holds = held.get(slot);
        if (holds <= own) {
            return true;
        }
        return holds + more <= share(capacity);
    }

    /**
     * Whether a client holds no more than its share of what those who are no clients leave of so many bytes.
     *
     * @param used what all hold
     */
    boolean isWithinShare(int slot, long used, long bytes) {
        if (slot == NOBODY) {
            return false;
        }
        long byClients = 0;
        for (int i = 0; i < SLOTS; i++) {
            byClients += held.get(i);
        }
        return held.get(slot) <= share(bytes - Math.max(0, used - byClients));
    }

    private long share(long bytes) {
        int sharers = Math.max(1, active.get());
        return Math.min(bytes / sharers, bytes / 8 * MOST);
    }
}
