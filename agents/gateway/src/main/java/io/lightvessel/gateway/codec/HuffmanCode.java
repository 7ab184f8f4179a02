package io.lightvessel.gateway.codec;

import java.util.Arrays;

/** A prefix code made of symbol counts, its code words limited in length and ready to be written low bit first. */
final class HuffmanCode {
    private static final int SYMBOL_BITS = 9;

    /** Code words, reversed, from bit 8 on, with their length below; zero for a symbol that does not occur. */
    final int[] words;

    final byte[] lengths;
    private final int maxBits;
    private final int[] sorted;
    private final int[] tree;
    private final int[] perLength = new int[DeflateFormat.MAX_BITS + 1];

    HuffmanCode(int symbols, int maxBits) {
        this.words = new int[symbols];
        this.lengths = new byte[symbols];
        this.maxBits = maxBits;
        this.sorted = new int[symbols];
        this.tree = new int[symbols];
    }

    /** The code that RFC 1951 fixes for these lengths. */
    static HuffmanCode of(byte[] lengths) {
        HuffmanCode code = new HuffmanCode(lengths.length, DeflateFormat.MAX_BITS);
        System.arraycopy(lengths, 0, code.lengths, 0, lengths.length);
        for (byte length : lengths) {
            code.perLength[length]++;
        }
        code.assignWords();
        return code;
    }

    /** Makes the code anew. A code of fewer than two words gets a second one: zlib refuses incomplete codes. */
    void build(int[] counts) {
        Arrays.fill(lengths, (byte) 0);
        Arrays.fill(perLength, 0);
        int used = sort(counts);
        if (used < 2) {
            int only = used == 0 ? 0 : sorted[0] & (1 << SYMBOL_BITS) - 1;
            lengths[only] = 1;
            lengths[only == 0 ? 1 : 0] = 1;
            perLength[1] = 2;
        } else {
            merge(used);
            countLengths(used);
            limit();
            assignLengths(used);
        }
        assignWords();
    }

    /** What the symbols of these counts take, in bits. */
    long cost(int[] counts) {
        long bits = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            bits += (long) counts[symbol] * lengths[symbol];
        }
        return bits;
    }

    /** One more than the last symbol with a word, at least {@code least}. */
    int size(int least) {
        int size = lengths.length;
        while (size > least && lengths[size - 1] == 0) {
            size--;
        }
        return size;
    }

    private int sort(int[] counts) {
        int used = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] != 0) {
                sorted[used++] = counts[symbol] << SYMBOL_BITS | symbol;
            }
        }
        Arrays.sort(sorted, 0, used);
        return used;
    }

    /** Huffman's merging in place (Moffat and Katajainen): leaves parents, then depths, of inner nodes in the tree. */
    private void merge(int used) {
        for (int i = 0; i < used; i++) {
            tree[i] = sorted[i] >>> SYMBOL_BITS;
        }
        int leaf = 0;
        int inner = 0;
        for (int next = 0; next < used - 1; next++) {
            int weight = 0;
            for (int child = 0; child < 2; child++) {
                if (leaf >= used || inner < next && tree[inner] < tree[leaf]) {
                    weight += tree[inner];
                    tree[inner++] = next;
                } else {
                    weight += tree[leaf++];
                }
            }
            tree[next] = weight;
        }
        tree[used - 2] = 0;
        for (int next = used - 3; next >= 0; next--) {
            tree[next] = tree[tree[next]] + 1;
        }
    }

    /** Turns the depths of inner nodes into how many leaves each depth has; too deep ones count as deepest. */
    private void countLengths(int used) {
        int available = 1;
        int next = used - 2;
        int leaves = used;
        for (int depth = 0; leaves > 0; depth++) {
            int innerNodes = 0;
            while (next >= 0 && tree[next] == depth) {
                innerNodes++;
                next--;
            }
            int here = available - innerNodes;
            perLength[Math.min(depth, maxBits)] += here;
            leaves -= here;
            available = 2 * innerNodes;
        }
    }

    /** Words cut to the limit claim too much of the code space; lengthens the longest shorter ones until all fit. */
    private void limit() {
        int claimed = 0;
        for (int bits = 1; bits <= maxBits; bits++) {
            claimed += perLength[bits] << maxBits - bits;
        }
        for (int excess = claimed - (1 << maxBits); excess > 0; excess--) {
            int bits = maxBits - 1;
            while (perLength[bits] == 0) {
                bits--;
            }
            // One leaf goes a level down and takes one of the deepest with it: one unit of space less in all.
            perLength[bits]--;
            perLength[bits + 1] += 2;
            perLength[maxBits]--;
        }
    }

    private void assignLengths(int used) {
        int next = 0;
        for (int bits = maxBits; bits > 0; bits--) {
            for (int n = perLength[bits]; n > 0; n--) {
                lengths[sorted[next++] & (1 << SYMBOL_BITS) - 1] = (byte) bits;
            }
        }
        assert next == used;
    }

    private void assignWords() {
        int word = 0;
        for (int bits = 1; bits <= DeflateFormat.MAX_BITS; bits++) {
            int count = perLength[bits];
            // From here on the counts are the next word of each length.
            perLength[bits] = word;
            word = word + count << 1;
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            int bits = lengths[symbol];
            words[symbol] = bits == 0 ? 0 : Integer.reverse(perLength[bits]++) >>> 32 - bits << 8 | bits;
        }
    }
}
