package io.lightvessel.gateway.server;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The few connections that read at present while all others wait: what a few have under way stays in the caches from
 * their sockets to the exporters', what everybody has does not.
 */
final class Shift {
    static final int SIZE = 4;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    /** After so long all that wait are to have had a turn. */
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ArrayDeque<ReadTurns.Waiter> members = new ArrayDeque<>(SIZE + 1);
    private long since;

    /** Ends when it has taken as long as the number of those that wait allows. */
    void changeOver(long now, int waiting) {
        if (now - since > Math.min(LONGEST_NANOS, ROUND_NANOS / Math.ceilDiv(waiting, SIZE))) {
            since = now;
            members.clear();
        }
    }

    boolean hasRoom() {
        return members.size() < SIZE;
    }

    boolean contains(ReadTurns.Waiter waiter) {
        return members.contains(waiter);
    }

    /** In place of who has been there longest, where all have been but do not use what could be read. */
    void enter(ReadTurns.Waiter waiter) {
        if (!hasRoom()) {
            members.remove();
        }
        members.add(waiter);
    }

    void end() {
        members.clear();
    }
}
