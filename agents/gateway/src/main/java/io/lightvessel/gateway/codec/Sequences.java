package io.lightvessel.gateway.codec;

import java.util.Arrays;

/** One block as literals and pairs of a literal run and a match, with the counts of the symbols they stand for. */
final class Sequences {
    /** Literals are copied and read in steps of this many bytes, beyond their end too. */
    static final int STEP = 8;

    private static final int RUN_SHIFT = 32;
    private static final int LENGTH_SHIFT = 16;

    /** Runs count from 32 on, the match's length from 16 on, the distance less one below. */
    final long[] pairs;

    final byte[] literals;
    final int[] symbols = new int[DeflateFormat.LITERALS_AND_LENGTHS];
    final int[] distances = new int[DeflateFormat.DISTANCES];
    int size;
    int literalCount;

    /** Room for a block of this many bytes, the worst case being the shortest match after match. */
    Sequences(int block) {
        pairs = new long[block / Matches.SHORTEST + 2];
        literals = new byte[block + STEP];
    }

    void clear() {
        size = 0;
        literalCount = 0;
        Arrays.fill(symbols, 0);
        Arrays.fill(distances, 0);
        symbols[DeflateFormat.END_OF_BLOCK] = 1;
    }

    /** Adds a match of any length after {@code run} literals, in as many pieces as the format needs. */
    void add(byte[] window, int start, int run, int length, int distance) {
        // Runs are short: eight bytes at once cost less than finding out how many there are.
        DeflateFormat.LONG.set(literals, literalCount, (long) DeflateFormat.LONG.get(window, start));
        if (run > STEP) {
            System.arraycopy(window, start, literals, literalCount, run);
        }
        literalCount += run;
        int literalRun = run;
        int rest = length;
        while (rest > DeflateFormat.MAX_MATCH) {
            // What is left must be long enough to be a match itself.
            int piece = Math.min(DeflateFormat.MAX_MATCH, rest - Matches.SHORTEST);
            addPair(literalRun, piece, distance);
            literalRun = 0;
            rest -= piece;
        }
        addPair(literalRun, rest, distance);
    }

    /** Adds the literals after the last match, and counts all literals. */
    void tail(byte[] window, int start, int run) {
        System.arraycopy(window, start, literals, literalCount, run);
        literalCount += run;
        for (int i = 0; i < literalCount; i++) {
            symbols[literals[i] & 0xFF]++;
        }
    }

    private void addPair(int run, int length, int distance) {
        pairs[size++] = (long) run << RUN_SHIFT | (long) length << LENGTH_SHIFT | distance - 1;
        symbols[DeflateFormat.FIRST_LENGTH + DeflateFormat.lengthIndex(length)]++;
        distances[DeflateFormat.distanceSymbol(distance)]++;
    }

    static int run(long pair) {
        return (int) (pair >>> RUN_SHIFT);
    }

    static int length(long pair) {
        return (int) pair >>> LENGTH_SHIFT;
    }

    static int distance(long pair) {
        return ((int) pair & 0xFFFF) + 1;
    }
}
