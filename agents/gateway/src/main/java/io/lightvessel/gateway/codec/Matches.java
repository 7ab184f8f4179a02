package io.lightvessel.gateway.codec;

import java.util.Arrays;

/**
 * Finds repetitions in a window with one hash table, one probe each, and larger steps the longer nothing repeats. What
 * limits it is wrongly predicted branches, hence the arithmetic where a condition would read better.
 */
final class Matches {
    /** Deflate knows matches of three; looking for them costs time and rarely pays in telemetry. */
    static final int SHORTEST = 4;
    /** A window must have this many bytes before the first that a match may refer to. */
    static final int BEFORE = 8;

    private static final int TABLE_BITS = 14;
    private static final int SKIP_SHIFT = 5;
    /** Closer to the end of a block than this, reading ahead is not safe any more. */
    private static final int MARGIN = 32;

    private static final int MOST_POSITIONS = 1 << 30;

    /** Positions, counted over all blocks and bodies, so that a new body need not clear them. */
    private final int[] table = new int[1 << TABLE_BITS];

    /** What has to be added to an index of the window to get its position. */
    private int base = 1;

    /** Makes everything found so far too far away to be found again. */
    void forget(int blockLength) {
        moved(blockLength + DeflateFormat.WINDOW);
    }

    /** The window's bytes have moved towards its start by this many. */
    void moved(int bytes) {
        base += bytes;
        if (base > MOST_POSITIONS) {
            // Loses the matches into the last block, once in a gigabyte.
            Arrays.fill(table, 0);
            base = 1;
        }
    }

    /**
     * Splits a block into literals and matches.
     *
     * @param low the index of the first byte that a match may refer to
     */
    void find(byte[] window, int low, int start, int end, Sequences into) {
        into.clear();
        int limit = end - MARGIN;
        int anchor = start;
        int position = start;
        int offset = base;
        int[] positions = table;
        while (position < limit) {
            long word = (long) DeflateFormat.LONG.get(window, position);
            int slot = hash(word);
            int candidate = positions[slot] - offset;
            positions[slot] = position + offset;
            long difference = (long) DeflateFormat.LONG.get(window, Math.max(candidate, 0)) ^ word;
            // One condition of two: too far back (the sign bit), or other bytes.
            if ((candidate - position + DeflateFormat.WINDOW & 1 << 31 | (int) difference) != 0) {
                position += 1 + (position - anchor >>> SKIP_SHIFT);
                continue;
            }
            int length = SHORTEST + same(window, candidate + SHORTEST, position + SHORTEST, end);
            int back = sameBefore(window, candidate, position);
            back = Math.min(back, Math.min(position - anchor, candidate - low));
            int next = position + length;
            into.add(window, anchor, position - back - anchor, length + back, position - candidate);
            positions[hash(word >>> 8)] = position + 1 + offset;
            position = next;
            anchor = next;
        }
        into.tail(window, anchor, end - anchor);
    }

    /** Of five bytes. */
    private static int hash(long word) {
        return (int) ((word << 24) * 0x9E3779B185EBCA87L >>> 64 - TABLE_BITS);
    }

    private static int sameBefore(byte[] window, int earlier, int later) {
        long difference =
                (long) DeflateFormat.LONG.get(window, earlier - 8) ^ (long) DeflateFormat.LONG.get(window, later - 8);
        return Long.numberOfLeadingZeros(difference) >>> 3;
    }

    /** How many bytes are equal, up to the end; the first sixteen without a condition. */
    private static int same(byte[] window, int earlier, int later, int end) {
        long first = (long) DeflateFormat.LONG.get(window, earlier) ^ (long) DeflateFormat.LONG.get(window, later);
        long second =
                (long) DeflateFormat.LONG.get(window, earlier + 8) ^ (long) DeflateFormat.LONG.get(window, later + 8);
        int length = Long.numberOfTrailingZeros(first) >>> 3;
        length += Long.numberOfTrailingZeros(second) >>> 3 & -(length >>> 3);
        return length < 16 ? length : 16 + sameFar(window, earlier + 16, later + 16, end);
    }

    private static int sameFar(byte[] window, int earlier, int later, int end) {
        int a = earlier;
        int b = later;
        while (b + 8 <= end) {
            long difference = (long) DeflateFormat.LONG.get(window, a) ^ (long) DeflateFormat.LONG.get(window, b);
            if (difference != 0) {
                return b - later + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            a += 8;
            b += 8;
        }
        while (b < end && window[a] == window[b]) {
            a++;
            b++;
        }
        return b - later;
    }
}
