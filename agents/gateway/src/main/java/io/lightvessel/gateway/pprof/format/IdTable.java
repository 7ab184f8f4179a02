package io.lightvessel.gateway.pprof.format;

import java.util.Arrays;

/**
 * Finds the entries of one of a profile's tables by id. Ids usually count up from 1 and then need no table of their
 * own; others are hashed. Where entries lie in the profile is kept beside. Reused from profile to profile.
 */
final class IdTable {
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private long[] ids = new long[256];
    private int size;
    private boolean dense = true;
    /** Ordinals by hash of the id, plus one; unused while ids are dense. */
    private int[] slots = {};

    void clear() {
        size = 0;
        dense = true;
    }

    int size() {
        return size;
    }

    int start(int ordinal) {
        return starts[ordinal];
    }

    int end(int ordinal) {
        return ends[ordinal];
    }

    long id(int ordinal) {
        return ids[ordinal];
    }

    void add(long id, int start, int end) {
        if (size == ids.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            ids = Arrays.copyOf(ids, size * 2);
        }
        dense &= id == size + 1L;
        ids[size] = id;
        starts[size] = start;
        ends[size] = end;
        size++;
    }

    /** To be called when all entries have been added; returns false when two have the same id. */
    boolean complete() {
        if (dense) {
            return true;
        }
        int capacity = Integer.highestOneBit(Math.max(8, size)) << 2;
        if (slots.length < capacity) {
            slots = new int[capacity];
        } else {
            Arrays.fill(slots, 0);
        }
        for (int ordinal = 0; ordinal < size; ordinal++) {
            int at = slot(ids[ordinal]);
            if (slots[at] != 0) {
                return false;
            }
            slots[at] = ordinal + 1;
        }
        return true;
    }

    /** Which entry has this id; negative when none has. */
    int ordinal(long id) {
        if (dense) {
            return id >= 1 && id <= size ? (int) id - 1 : -1;
        }
        return slots[slot(id)] - 1;
    }

    private int slot(long id) {
        int mask = slots.length - 1;
        int at = (int) (Hash.mix(id) >>> 32) & mask;
        while (slots[at] != 0 && ids[slots[at] - 1] != id) {
            at = at + 1 & mask;
        }
        return at;
    }
}
