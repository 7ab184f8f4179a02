package io.lightvessel.gateway.codec;

import java.util.Arrays;

/**
 * Looks up code words. An entry's low eight bits say how many bits it uses up, extra bits included; bits 8 to 11 how
 * many of them are the word. A word longer than the table's index leads to a second table behind the first.
 */
final class DecodeTable {
    /** The entry is a literal, from bit 16 on. Makes it negative, which is the cheapest test. */
    static final int LITERAL = 1 << 31;
    /** The entry is neither a literal nor a base value. */
    static final int SPECIAL = 1 << 15;
    /** With {@link #SPECIAL}: where the second table starts is from bit 16 on, its index size in bits 8 to 11. */
    static final int SECOND = 1 << 14;
    /** With {@link #SPECIAL}: the block ends. Neither this nor {@link #SECOND}: no symbol has this word. */
    static final int END = 1 << 13;

    static final int VALUE_SHIFT = 16;

    private static final int NOTHING = SPECIAL;

    final int[] entries;
    final int indexBits;
    private final int[] meanings;
    private final int[] perLength = new int[DeflateFormat.MAX_BITS + 1];
    private final int[] next = new int[DeflateFormat.MAX_BITS + 2];
    private final int[] sorted;

    private DecodeTable(int[] meanings, int indexBits, int worst) {
        this.meanings = meanings;
        this.indexBits = indexBits;
        this.entries = new int[worst];
        this.sorted = new int[meanings.length];
    }

    static DecodeTable literals() {
        int[] meanings = new int[288];
        for (int symbol = 0; symbol < meanings.length; symbol++) {
            meanings[symbol] = symbol < DeflateFormat.END_OF_BLOCK
                    ? LITERAL | symbol << VALUE_SHIFT
                    : symbol == DeflateFormat.END_OF_BLOCK
                            ? SPECIAL | END
                            : symbol < DeflateFormat.LITERALS_AND_LENGTHS ? length(symbol) : NOTHING;
        }
        // All complete codes of 288 words up to 15 bits need at most 2342 entries (zlib's enough.c).
        return new DecodeTable(meanings, 11, 2342);
    }

    static DecodeTable distances() {
        int[] meanings = new int[32];
        for (int symbol = 0; symbol < meanings.length; symbol++) {
            meanings[symbol] = symbol < DeflateFormat.DISTANCES
                    ? DeflateFormat.distanceBase(symbol) << VALUE_SHIFT | DeflateFormat.distanceExtraBits(symbol)
                    : NOTHING;
        }
        // Likewise, for 32 words.
        return new DecodeTable(meanings, 8, 402);
    }

    static DecodeTable precode() {
        int[] meanings = new int[DeflateFormat.PRECODE_SYMBOLS];
        for (int symbol = 0; symbol < meanings.length; symbol++) {
            meanings[symbol] = symbol << VALUE_SHIFT;
        }
        return new DecodeTable(meanings, DeflateFormat.PRECODE_MAX_BITS, 1 << DeflateFormat.PRECODE_MAX_BITS);
    }

    private static int length(int symbol) {
        int index = symbol - DeflateFormat.FIRST_LENGTH;
        return DeflateFormat.lengthBase(index) << VALUE_SHIFT | DeflateFormat.lengthExtraBits(index);
    }

    /**
     * Makes the table for a code.
     *
     * @param lengths code lengths, from {@code from} on
     * @param lenient whether a code of one word of one bit, or of none at all, will do
     * @return what is wrong with the code, in the words of an error message, or empty
     */
    String build(byte[] lengths, int from, int symbols, boolean lenient) {
        Arrays.fill(perLength, 0);
        for (int symbol = 0; symbol < symbols; symbol++) {
            perLength[lengths[from + symbol]]++;
        }
        int used = symbols - perLength[0];
        perLength[0] = 0;
        int left = 1;
        for (int bits = 1; bits <= DeflateFormat.MAX_BITS; bits++) {
            left = (left << 1) - perLength[bits];
            if (left < 0) {
                return "more code words than fit into " + bits + " bits";
            }
        }
        boolean single = used == 0 || used == 1 && perLength[1] == 1;
        if (left > 0 && !(lenient && single)) {
            return "an incomplete code of " + used + " words";
        }
        sort(lengths, from, symbols);
        if (left > 0) {
            Arrays.fill(entries, 0, 1 << indexBits, NOTHING | 1);
        }
        fill(used, lengths, from);
        return "";
    }

    private void sort(byte[] lengths, int from, int symbols) {
        next[1] = 0;
        for (int bits = 1; bits <= DeflateFormat.MAX_BITS; bits++) {
            next[bits + 1] = next[bits] + perLength[bits];
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            int bits = lengths[from + symbol];
            if (bits != 0) {
                sorted[next[bits]++] = symbol;
            }
        }
    }

    /** Enters the words in their order, counting up in reversed bits. */
    private void fill(int used, byte[] lengths, int from) {
        int word = 0;
        int second = 1 << indexBits;
        int secondBits = 0;
        int prefix = -1;
        for (int i = 0; i < used; i++) {
            int symbol = sorted[i];
            int bits = lengths[from + symbol];
            if (bits <= indexBits) {
                int entry = entry(meanings[symbol], bits);
                for (int at = word; at < 1 << indexBits; at += 1 << bits) {
                    entries[at] = entry;
                }
            } else {
                int mask = (1 << indexBits) - 1;
                if ((word & mask) != prefix) {
                    second = prefix < 0 ? 1 << indexBits : second + (1 << secondBits);
                    prefix = word & mask;
                    secondBits = secondBits(bits);
                    entries[prefix] = SPECIAL | SECOND | second << VALUE_SHIFT | secondBits << 8 | indexBits;
                }
                int entry = entry(meanings[symbol], bits - indexBits);
                for (int at = word >>> indexBits; at < 1 << secondBits; at += 1 << bits - indexBits) {
                    entries[second + at] = entry;
                }
            }
            perLength[bits]--;
            word = successor(word, bits);
        }
    }

    /** How many bits the words with this prefix have beyond it: as many as fill a table completely. */
    private int secondBits(int bits) {
        int size = bits - indexBits;
        int filled = perLength[bits];
        while (filled < 1 << size && size + indexBits < DeflateFormat.MAX_BITS) {
            size++;
            filled = (filled << 1) + perLength[size + indexBits];
        }
        return size;
    }

    /** The next word in canonical order, in reversed bits; a longer word has the same value with zeros appended. */
    private static int successor(int word, int bits) {
        int top = 1 << bits - 1;
        int result = word;
        while ((result & top) != 0) {
            result ^= top;
            top >>>= 1;
        }
        return result | top;
    }

    private static int entry(int meaning, int bits) {
        if ((meaning & (SPECIAL | LITERAL)) != 0) {
            return meaning | bits;
        }
        // The meaning's low bits are its extra bits.
        return meaning + bits | bits << 8;
    }
}
