package io.lightvessel.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries that wait for their turn. First come, first served; where order is kept, those whose {@link Payload#order} is
 * that of an entry under way wait behind it while others pass. Not for several threads at a time.
 */
final class LaneTurns {

    private final Deque<LaneEntry> waiting = new ArrayDeque<>();
    private final Map<Long, Deque<LaneEntry>> behind = new HashMap<>();
    private final Set<Long> underWay = new HashSet<>();
    private int size;
    private long bytes;

    void add(LaneEntry entry) {
        waiting.add(entry);
        size++;
        bytes += entry.payload().size();
    }

    /** Takes the next entry whose turn it is; null when there is none. */
    @Nullable
    LaneEntry next(boolean ordered) {
        for (LaneEntry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            long order = entry.payload().order();
            if (!ordered || underWay.add(order)) {
                taken(entry);
                return entry;
            }
            behind.computeIfAbsent(order, _ -> new ArrayDeque<>()).add(entry);
        }
        return null;
    }

    private void taken(LaneEntry entry) {
        size--;
        bytes -= entry.payload().size();
    }

    /** An entry that was under way has ended, so the next one with its order may go. */
    void ended(LaneEntry entry) {
        long order = entry.payload().order();
        underWay.remove(order);
        Deque<LaneEntry> followers = behind.get(order);
        if (followers != null) {
            waiting.addFirst(followers.remove());
            if (followers.isEmpty()) {
                behind.remove(order);
            }
        }
    }

    /** Lets go of an entry that ended before its turn; false when it is not here. */
    boolean remove(LaneEntry entry) {
        boolean removed = waiting.remove(entry) || removeFollower(entry);
        if (removed) {
            taken(entry);
        }
        return removed;
    }

    private boolean removeFollower(LaneEntry entry) {
        long order = entry.payload().order();
        Deque<LaneEntry> followers = behind.get(order);
        if (followers == null || !followers.remove(entry)) {
            return false;
        }
        if (followers.isEmpty()) {
            behind.remove(order);
        }
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    List<LaneEntry> entries() {
        List<LaneEntry> entries = new ArrayList<>(size);
        behind.values().forEach(entries::addAll);
        entries.addAll(waiting);
        return entries;
    }
}
