package io.lightvessel.gateway.pprof.format;

import java.util.Arrays;

/**
 * The stacks of two profiles of one process side by side, while they are compared: by hash, what each counted before
 * and counts now. Stacks are numbered as they are found. Reused from comparison to comparison.
 */
final class StackTable {
    static final byte KNOWN = 1;
    static final byte SEEN = 2;
    static final byte KEPT = 4;

    /** Numbers of stacks by hash, plus one. */
    private int[] slots = {};

    private long[] hashes = {};
    private long[] before = {};
    private long[] now = {};
    private byte[] marks = {};
    private int mask;
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
        int capacity = slots(stacks);
        mask = capacity - 1;
        if (slots.length < capacity) {
            slots = new int[capacity];
        } else {
            Arrays.fill(slots, 0, capacity, 0);
        }
        if (hashes.length < stacks) {
            hashes = new long[stacks];
            marks = new byte[stacks];
        } else {
            Arrays.fill(marks, 0, stacks, (byte) 0);
        }
        before = zeros(before, Math.multiplyExact(stacks, columns));
        now = zeros(now, Math.multiplyExact(stacks, types));
    }

    private static int slots(int stacks) {
        return Math.max(16, Integer.highestOneBit(Math.max(1, stacks)) << 2);
    }

    /** Bytes that comparing so many stacks takes. */
    static long memory(int stacks, int cumulative, int values) {
        return 4L * slots(stacks) + stacks * (9L + 8L * cumulative + 8L * values);
    }

    private static long[] zeros(long[] present, int length) {
        if (present.length < length) {
            return new long[length];
        }
        Arrays.fill(present, 0, length, 0);
        return present;
    }

    int size() {
        return size;
    }

    /** The number of a stack, which it gets when it has none. */
    int find(long hash) {
        int at = (int) (hash >>> 20) & mask;
        while (slots[at] != 0) {
            int stack = slots[at] - 1;
            if (hashes[stack] == hash) {
                return stack;
            }
            at = at + 1 & mask;
        }
        hashes[size] = hash;
        slots[at] = ++size;
        return size - 1;
    }

    long hash(int stack) {
        return hashes[stack];
    }

    boolean is(int stack, byte mark) {
        return (marks[stack] & mark) != 0;
    }

    void mark(int stack, byte mark) {
        marks[stack] |= mark;
    }

    long before(int stack, int column) {
        return before[stack * columns + column];
    }

    void before(int stack, int column, long value) {
        before[stack * columns + column] = value;
    }

    long now(int stack, int type) {
        return now[stack * types + type];
    }

    void add(int stack, int type, long value) {
        now[stack * types + type] += value;
    }

    /** Gives up memory that one huge profile needed. */
    void trim(int kept) {
        if (hashes.length > kept) {
            slots = new int[0];
            hashes = new long[0];
            marks = new byte[0];
            before = new long[0];
            now = new long[0];
        }
    }
}
