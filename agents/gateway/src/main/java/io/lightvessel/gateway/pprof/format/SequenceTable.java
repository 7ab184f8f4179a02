package io.lightvessel.gateway.pprof.format;

import java.util.Arrays;

/** Numbers sequences of numbers, equal ones alike, in the order they are first seen. Reused. */
final class SequenceTable {
    private long[] numbers = new long[1024];
    private int used;
    private int[] ends = new int[256];
    private int size;
    /** Ordinals plus one. */
    private int[] slots = new int[1024];

    void clear() {
        used = 0;
        size = 0;
        Arrays.fill(slots, 0);
    }

    int size() {
        return size;
    }

    /** Opens a sequence, which {@link #add} fills and {@link #close} ends. */
    void add(long number) {
        if (used == numbers.length) {
            numbers = Arrays.copyOf(numbers, used * 2);
        }
        numbers[used++] = number;
    }

    /** Ends the sequence that was added to since the last one ended; returns its number. */
    int close() {
        int start = start(size);
        if (size * 2 >= slots.length) {
            grow();
        }
        int at = slot(start, used);
        if (slots[at] != 0) {
            used = start;
            return slots[at] - 1;
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        ends[size++] = used;
        slots[at] = size;
        return size - 1;
    }

    int start(int ordinal) {
        return ordinal == 0 ? 0 : ends[ordinal - 1];
    }

    int end(int ordinal) {
        return ends[ordinal];
    }

    long number(int index) {
        return numbers[index];
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int ordinal = 0; ordinal < size; ordinal++) {
            slots[slot(start(ordinal), end(ordinal))] = ordinal + 1;
        }
    }

    private int slot(int from, int to) {
        long hash = to - from;
        for (int i = from; i < to; i++) {
            hash = Hash.and(hash, numbers[i]);
        }
        int mask = slots.length - 1;
        int at = (int) hash & mask;
        while (slots[at] != 0 && !equal(slots[at] - 1, from, to)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private boolean equal(int ordinal, int from, int to) {
        return Arrays.equals(numbers, start(ordinal), end(ordinal), numbers, from, to);
    }
}
