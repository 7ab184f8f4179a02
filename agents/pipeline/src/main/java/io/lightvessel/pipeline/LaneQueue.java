package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one lane: those that wait, those under way, and producers that wait for room. Decides who may come in
 * and who is next; all of it under one lock that is never held while others' code runs.
 */
final class LaneQueue {

    /** What became of an entry that wanted in. */
    enum Admission {
        TAKEN,
        /** It will be taken when there is room; until then its producer waits. */
        HELD_UP,
        FULL,
        CLOSED
    }

    /** An entry whose producer waits for room. */
    record HeldUp(LaneEntry entry, Result producer) {}

    /** So much is read past entries whose turn it is not yet, lest one log holds up all others. */
    private static final long LOOKED_PAST = 4L << 20;

    private final LaneTurns waiting = new LaneTurns();
    private final Set<LaneEntry> active = new LinkedHashSet<>();
    private final Deque<HeldUp> heldUp = new ArrayDeque<>();
    private QueueSettings settings;
    private long used;
    private long activeBytes;
    private boolean closed;

    LaneQueue(QueueSettings settings) {
        this.settings = settings;
    }

    synchronized void change(QueueSettings changed) {
        settings = changed;
        used = 0;
        waiting.entries().forEach(entry -> used += sizeOf(entry));
        active.forEach(entry -> used += sizeOf(entry));
    }

    synchronized QueueSettings settings() {
        return settings;
    }

    synchronized Admission admit(LaneEntry entry, @Nullable Result producer) {
        if (closed) {
            return Admission.CLOSED;
        }
        if (!settings.enabled() || hasRoomFor(entry)) {
            take(entry);
            return Admission.TAKEN;
        }
        if (settings.blockOnOverflow() && producer != null && sizeOf(entry) <= settings.capacity()) {
            heldUp.add(new HeldUp(entry, producer));
            return Admission.HELD_UP;
        }
        return Admission.FULL;
    }

    /** Takes what a queue on disk has let in before; false when closed. */
    synchronized boolean put(LaneEntry entry) {
        if (!closed) {
            waiting.add(entry, settings.turns());
        }
        return !closed;
    }

    /** Whether another entry from a disk should be at hand: one more than can be under way, among those whose turn it is. */
    synchronized boolean wantsMore() {
        boolean more = waiting.ready() + active.size() <= settings.consumers();
        return !closed
                && (more && (waiting.ready() == waiting.size() || waiting.bytes() < LOOKED_PAST)
                        || waiting.bytes() + activeBytes < settings.gatheredBytes());
    }

    private boolean hasRoomFor(LaneEntry entry) {
        return heldUp.isEmpty() && sizeOf(entry) <= settings.capacity() - used;
    }

    private void take(LaneEntry entry) {
        waiting.add(entry, settings.turns());
        used += sizeOf(entry);
    }

    private long sizeOf(LaneEntry entry) {
        return entry.disk() == null ? settings.sizer().sizeOf(entry.payload()) : 0;
    }

    /** The next entry to send; null when all consumers are busy or nothing waits. */
    synchronized @Nullable LaneEntry next() {
        boolean free =
                !settings.enabled() || active.size() < settings.consumers() || activeBytes < settings.gatheredBytes();
        LaneEntry entry = free ? waiting.next() : null;
        if (entry != null) {
            active.add(entry);
            activeBytes += entry.payload().size();
        }
        return entry;
    }

    /** Lets go of an entry that has ended; returns those that now have room and whose producers are to be told. */
    synchronized List<HeldUp> remove(LaneEntry entry) {
        if (active.remove(entry)) {
            used -= sizeOf(entry);
            activeBytes -= entry.payload().size();
            waiting.remove(entry);
        } else if (waiting.remove(entry)) {
            used -= sizeOf(entry);
        }
        List<HeldUp> admitted = new ArrayList<>();
        while (!heldUp.isEmpty() && sizeOf(heldUp.peek().entry()) <= settings.capacity() - used) {
            HeldUp next = heldUp.remove();
            take(next.entry());
            admitted.add(next);
        }
        notifyAll();
        return admitted;
    }

    /** Takes no more; returns those that were still waiting for room. */
    synchronized List<HeldUp> close() {
        closed = true;
        List<HeldUp> turnedAway = List.copyOf(heldUp);
        heldUp.clear();
        return turnedAway;
    }

    /** Waits until everything has ended, but not longer than told. */
    synchronized boolean awaitEmpty(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!waiting.isEmpty() || !active.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    synchronized List<LaneEntry> entries() {
        List<LaneEntry> entries = new ArrayList<>(active);
        entries.addAll(waiting.entries());
        return entries;
    }

    synchronized List<LaneEntry> waitingEntries() {
        return waiting.entries();
    }

    synchronized List<LaneEntry> activeEntries() {
        return List.copyOf(active);
    }

    /** What is inside on behalf of one pipeline. */
    synchronized Count held(PipelineId pipeline) {
        Count held = Count.ZERO;
        for (LaneEntry entry : active) {
            held = held.plus(amountOf(entry, pipeline));
        }
        for (LaneEntry entry : waiting.entries()) {
            held = held.plus(amountOf(entry, pipeline));
        }
        for (HeldUp waitingForRoom : heldUp) {
            held = held.plus(amountOf(waitingForRoom.entry(), pipeline));
        }
        return held;
    }

    static Count amountOf(LaneEntry entry, PipelineId pipeline) {
        boolean counts = entry.books().pipeline().equals(pipeline) && !entry.hasEnded();
        return counts ? entry.payload().amount() : Count.ZERO;
    }

    synchronized long used() {
        return used;
    }

    synchronized long queuedRecords() {
        long records = 0;
        for (LaneEntry entry : entries()) {
            // Those from a disk are counted there.
            records += entry.disk() == null ? entry.payload().records() : 0;
        }
        return records;
    }
}
