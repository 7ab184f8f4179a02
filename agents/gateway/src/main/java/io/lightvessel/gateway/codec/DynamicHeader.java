package io.lightvessel.gateway.codec;

import java.util.Arrays;

/** The code lengths in front of a block with its own codes: run lengths, coded by a code of their own. */
final class DynamicHeader {
    private final byte[] lengths = new byte[DeflateFormat.LITERALS_AND_LENGTHS + DeflateFormat.DISTANCES];
    /** Symbols, their extra bits from bit 8 on. */
    private final int[] items = new int[DeflateFormat.LITERALS_AND_LENGTHS + DeflateFormat.DISTANCES];

    private final int[] counts = new int[DeflateFormat.PRECODE_SYMBOLS];
    private final HuffmanCode precode = new HuffmanCode(DeflateFormat.PRECODE_SYMBOLS, DeflateFormat.PRECODE_MAX_BITS);
    private int size;
    private int literals;
    private int distances;
    private int precodes;

    /** Prepares the header for two codes; returns its length in bits. */
    long prepare(HuffmanCode literalCode, HuffmanCode distanceCode) {
        literals = literalCode.size(DeflateFormat.FIRST_LENGTH);
        distances = distanceCode.size(1);
        System.arraycopy(literalCode.lengths, 0, lengths, 0, literals);
        System.arraycopy(distanceCode.lengths, 0, lengths, literals, distances);
        size = 0;
        Arrays.fill(counts, 0);
        collect(literals + distances);
        precode.build(counts);
        precodes = DeflateFormat.PRECODE_SYMBOLS;
        while (precodes > 4 && precode.lengths[DeflateFormat.precodeSymbol(precodes - 1)] == 0) {
            precodes--;
        }
        return 14
                + 3L * precodes
                + precode.cost(counts)
                + 2L * counts[DeflateFormat.REPEAT_PREVIOUS]
                + 3L * counts[DeflateFormat.REPEAT_ZERO]
                + 7L * counts[DeflateFormat.REPEAT_ZERO_LONG];
    }

    void write(BitOutput out) {
        out.write(literals - 257 | distances - 1 << 5 | precodes - 4 << 10, 14);
        for (int i = 0; i < precodes; i++) {
            out.write(precode.lengths[DeflateFormat.precodeSymbol(i)], 3);
        }
        for (int i = 0; i < size; i++) {
            int symbol = items[i] & 0xFF;
            int word = precode.words[symbol];
            int bits = word & 0xFF;
            out.write(word >>> 8 | items[i] >>> 8 << bits, bits + extraBits(symbol));
        }
    }

    private static int extraBits(int symbol) {
        return switch (symbol) {
            case DeflateFormat.REPEAT_PREVIOUS -> 2;
            case DeflateFormat.REPEAT_ZERO -> 3;
            case DeflateFormat.REPEAT_ZERO_LONG -> 7;
            default -> 0;
        };
    }

    private void collect(int total) {
        for (int start = 0; start < total; ) {
            byte length = lengths[start];
            int end = start + 1;
            while (end < total && lengths[end] == length) {
                end++;
            }
            int run = end - start;
            start = end;
            if (length != 0) {
                item(length, 0);
                run--;
            }
            run = length == 0 ? zeros(run) : repeats(run);
            for (; run > 0; run--) {
                item(length, 0);
            }
        }
    }

    private int zeros(int run) {
        int rest = run;
        while (rest >= 11) {
            int n = Math.min(rest, 138);
            item(DeflateFormat.REPEAT_ZERO_LONG, n - 11);
            rest -= n;
        }
        if (rest >= 3) {
            item(DeflateFormat.REPEAT_ZERO, rest - 3);
            rest = 0;
        }
        return rest;
    }

    private int repeats(int run) {
        int rest = run;
        while (rest >= 3) {
            int n = Math.min(rest, 6);
            item(DeflateFormat.REPEAT_PREVIOUS, n - 3);
            rest -= n;
        }
        return rest;
    }

    private void item(int symbol, int extra) {
        items[size++] = extra << 8 | symbol;
        counts[symbol]++;
    }
}
