package io.lightvessel.gateway.pprof.format;

import java.util.Arrays;

/**
 * The stacks of two profiles of one process side by side, while they are compared: by hash, what each counted before
 * and counts now. Reused from comparison to comparison.
 */
final class StackTable {
    static final byte KNOWN = 1;
    static final byte SEEN = 2;
    static final byte KEPT = 4;

    private long[] hashes = {};
    private long[] before = {};
    private long[] now = {};
    private byte[] marks = {};
    private int capacity;
    private int size;
    private int columns;
    private int types;

    /**
     * @param stacks how many there will be at most
     * @param cumulative how many values are compared
     * @param values how many values there are
     */
    void begin(int stacks, int cumulative, int values) {
        columns = cumulative;
        types = values;
        size = 0;
        capacity = Integer.highestOneBit(Math.max(16, stacks)) << 2;
        if (hashes.length < capacity) {
            hashes = new long[capacity];
            marks = new byte[capacity];
        } else {
            Arrays.fill(hashes, 0, capacity, 0);
            Arrays.fill(marks, 0, capacity, (byte) 0);
        }
        before = zeros(before, capacity * columns);
        now = zeros(now, capacity * types);
    }

    private static long[] zeros(long[] present, int length) {
        if (present.length < length) {
            return new long[length];
        }
        Arrays.fill(present, 0, length, 0);
        return present;
    }

    int capacity() {
        return capacity;
    }

    int size() {
        return size;
    }

    /** The slot of a stack, which is made when there is none. */
    int slot(long hash) {
        long key = hash == 0 ? 1 : hash;
        int mask = capacity - 1;
        int at = (int) (key >>> 20) & mask;
        while (hashes[at] != key) {
            if (hashes[at] == 0) {
                hashes[at] = key;
                size++;
                return at;
            }
            at = at + 1 & mask;
        }
        return at;
    }

    long hash(int slot) {
        return hashes[slot];
    }

    boolean isUsed(int slot) {
        return hashes[slot] != 0;
    }

    boolean is(int slot, byte mark) {
        return (marks[slot] & mark) != 0;
    }

    void mark(int slot, byte mark) {
        marks[slot] |= mark;
    }

    long before(int slot, int column) {
        return before[slot * columns + column];
    }

    void before(int slot, int column, long value) {
        before[slot * columns + column] = value;
    }

    long now(int slot, int type) {
        return now[slot * types + type];
    }

    void add(int slot, int type, long value) {
        now[slot * types + type] += value;
    }

    /** Gives up memory that one huge profile needed. */
    void trim(int kept) {
        if (hashes.length > kept) {
            hashes = new long[0];
            marks = new byte[0];
            before = new long[0];
            now = new long[0];
        }
    }
}
