package io.lightvessel.pipeline;

import io.lightvessel.pipeline.QueueSettings.Turns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in a lane. First come, first served; where order is kept, an entry waits until all that came before it
 * in any of its sequences have ended, while others pass. Not for several threads at a time.
 */
final class LaneTurns {

    private static final long[] NO_SEQUENCE = {0};
    private static final long[] FREE = {};

    /** An entry, taken or not, and how many it waits for. */
    private static final class Place {
        private final LaneEntry entry;
        private final long number;
        private final long[] sequences;
        private int before;
        private boolean taken;

        Place(LaneEntry entry, long number, long[] sequences) {
            this.entry = entry;
            this.number = number;
            this.sequences = sequences;
        }
    }

    private final Map<LaneEntry, Place> places = new LinkedHashMap<>();
    private final Map<Long, Deque<Place>> sequences = new HashMap<>();
    private final PriorityQueue<Place> ready = new PriorityQueue<>(Comparator.comparingLong(place -> place.number));
    private long next;
    private int size;
    private long bytes;

    void add(LaneEntry entry, Turns turns) {
        Place place = new Place(entry, next++, sequences(entry.payload().order(), turns));
        places.put(entry, place);
        for (long sequence : place.sequences) {
            Deque<Place> line = sequences.computeIfAbsent(sequence, _ -> new ArrayDeque<>());
            place.before += line.isEmpty() ? 0 : 1;
            line.add(place);
        }
        if (place.before == 0) {
            ready.add(place);
        }
        size++;
        bytes += entry.payload().size();
    }

    private static long[] sequences(Order order, Turns turns) {
        return switch (turns) {
            case FREE -> FREE;
            case SEQUENCES -> order.sequences();
            case EVERYTHING -> order.isNone() ? NO_SEQUENCE : order.sequences();
        };
    }

    /** Takes the next entry whose turn it is; null when there is none. */
    @Nullable
    LaneEntry next() {
        Place place = ready.poll();
        if (place == null) {
            return null;
        }
        taken(place);
        return place.entry;
    }

    private void taken(Place place) {
        place.taken = true;
        size--;
        bytes -= place.entry.payload().size();
    }

    /** Lets go of an entry, be it under way or not, so that those behind it may go; false when it is not here. */
    boolean remove(LaneEntry entry) {
        Place place = places.remove(entry);
        if (place == null) {
            return false;
        }
        if (!place.taken) {
            taken(place);
            ready.remove(place);
        }
        for (long sequence : place.sequences) {
            leave(place, sequence);
        }
        return true;
    }

    private void leave(Place place, long sequence) {
        Deque<Place> line = sequences.get(sequence);
        if (line == null) {
            return;
        }
        boolean first = line.peek() == place;
        line.remove(place);
        Place follower = line.peek();
        if (follower == null) {
            sequences.remove(sequence);
        } else if (first && --follower.before == 0) {
            ready.add(follower);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many could be taken now. */
    int ready() {
        return ready.size();
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    /** Those that were not taken yet. */
    List<LaneEntry> entries() {
        List<LaneEntry> entries = new ArrayList<>(size);
        for (Place place : places.values()) {
            if (!place.taken) {
                entries.add(place.entry);
            }
        }
        return entries;
    }
}
