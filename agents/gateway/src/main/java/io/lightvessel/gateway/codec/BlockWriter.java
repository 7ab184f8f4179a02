package io.lightvessel.gateway.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes a block in the shortest of the three forms deflate has: stored, with the static codes, with its own codes. */
final class BlockWriter {
    /** Four literals and the seven bits that may be left of the bytes before must fit into 64 bits. */
    private static final int LITERAL_BITS = 14;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final HuffmanCode STATIC_LITERALS = HuffmanCode.of(DeflateFormat.staticLengths());
    private static final HuffmanCode STATIC_DISTANCES = HuffmanCode.of(DeflateFormat.staticDistances());

    private final HuffmanCode literals = new HuffmanCode(DeflateFormat.LITERALS_AND_LENGTHS, LITERAL_BITS);
    private final HuffmanCode distances = new HuffmanCode(DeflateFormat.DISTANCES, DeflateFormat.MAX_BITS);
    private final DynamicHeader header = new DynamicHeader();
    /** Of every match length, the word and its extra bits from bit 8 on, with their length below. */
    private final int[] lengthWords = new int[DeflateFormat.MAX_MATCH + 1];

    private final BitOutput out;

    BlockWriter(BitOutput out) {
        this.out = out;
    }

    /** Writes the bytes of the window that the sequences stand for; the output takes at most {@link #worstCase}. */
    void write(byte[] window, int start, int end, Sequences sequences, boolean last) {
        literals.build(sequences.symbols);
        distances.build(sequences.distances);
        long extra = extraBits(sequences);
        long dynamicBits = header.prepare(literals, distances)
                + literals.cost(sequences.symbols)
                + distances.cost(sequences.distances);
        long staticBits = STATIC_LITERALS.cost(sequences.symbols) + STATIC_DISTANCES.cost(sequences.distances);
        long storedBits = storedBits(end - start);
        if (storedBits <= 3 + extra + Math.min(staticBits, dynamicBits)) {
            stored(window, start, end, last);
        } else if (staticBits <= dynamicBits) {
            out.write((last ? 1 : 0) | DeflateFormat.STATIC << 1, 3);
            coded(sequences, STATIC_LITERALS, STATIC_DISTANCES);
        } else {
            out.write((last ? 1 : 0) | DeflateFormat.DYNAMIC << 1, 3);
            header.write(out);
            coded(sequences, literals, distances);
        }
    }

    /** The most bytes a block of this many can take. */
    static int worstCase(int length) {
        return (int) (storedBits(length) + 7 >>> 3) + 1;
    }

    private static long storedBits(int length) {
        int pieces = Math.max(1, (length + DeflateFormat.MAX_STORED - 1) / DeflateFormat.MAX_STORED);
        return 8L * length + 40L * pieces;
    }

    private static long extraBits(Sequences sequences) {
        long bits = 0;
        for (int index = 0; DeflateFormat.FIRST_LENGTH + index < DeflateFormat.LITERALS_AND_LENGTHS; index++) {
            bits += (long) sequences.symbols[DeflateFormat.FIRST_LENGTH + index] * DeflateFormat.lengthExtraBits(index);
        }
        for (int symbol = 0; symbol < DeflateFormat.DISTANCES; symbol++) {
            bits += (long) sequences.distances[symbol] * DeflateFormat.distanceExtraBits(symbol);
        }
        return bits;
    }

    private void stored(byte[] window, int start, int end, boolean last) {
        int position = start;
        do {
            int length = Math.min(end - position, DeflateFormat.MAX_STORED);
            out.write(last && position + length == end ? 1 : 0, 3);
            out.align();
            out.write(length | (long) (~length & 0xFFFF) << 16, 32);
            System.arraycopy(window, position, out.bytes, out.position, length);
            out.position += length;
            position += length;
        } while (position < end);
    }

    private void coded(Sequences sequences, HuffmanCode literalCode, HuffmanCode distanceCode) {
        prepareLengths(literalCode);
        int position = symbols(sequences, literalCode.words, distanceCode.words);
        while (position < sequences.literalCount) {
            int word = literalCode.words[sequences.literals[position++] & 0xFF];
            out.write(word >>> 8, word & 0xFF);
        }
        int word = literalCode.words[DeflateFormat.END_OF_BLOCK];
        out.write(word >>> 8, word & 0xFF);
    }

    /** Writes all pairs; works on copies of the output's state, which the compiler keeps in registers. */
    private int symbols(Sequences sequences, int[] words, int[] distanceWords) {
        long[] pairs = sequences.pairs;
        byte[] literals = sequences.literals;
        int size = sequences.size;
        byte[] to = out.bytes;
        int at = out.position;
        long bits = out.bits;
        int count = out.count;
        int position = 0;
        for (int i = 0; i < size; i++) {
            long pair = pairs[i];
            int run = Sequences.run(pair);
            int next = position + run;
            while (true) {
                // Four words, those beyond the run made empty by a mask: most runs take one turn and no wrong guess.
                int left = next - position;
                int four = (int) INT.get(literals, position);
                int a = words[four & 0xFF] & -left >> 31;
                int b = words[four >>> 8 & 0xFF] & 1 - left >> 31;
                int c = words[four >>> 16 & 0xFF] & 2 - left >> 31;
                int d = words[four >>> 24] & 3 - left >> 31;
                bits |= (long) (a >>> 8) << count;
                count += a & 0xFF;
                bits |= (long) (b >>> 8) << count;
                count += b & 0xFF;
                bits |= (long) (c >>> 8) << count;
                count += c & 0xFF;
                bits |= (long) (d >>> 8) << count;
                count += d & 0xFF;
                DeflateFormat.LONG.set(to, at, bits);
                at += count >>> 3;
                bits >>>= count & ~7;
                count &= 7;
                if (left <= 4) {
                    break;
                }
                position += 4;
            }
            position = next;
            int word = lengthWords[Sequences.length(pair)];
            bits |= (long) (word >>> 8) << count;
            count += word & 0xFF;
            int distance = Sequences.distance(pair);
            int symbol = DeflateFormat.distanceSymbol(distance);
            int distanceWord = distanceWords[symbol];
            bits |= (long) (distanceWord >>> 8) << count;
            count += distanceWord & 0xFF;
            bits |= (long) (distance - DeflateFormat.distanceBase(symbol)) << count;
            count += DeflateFormat.distanceExtraBits(symbol);
            DeflateFormat.LONG.set(to, at, bits);
            at += count >>> 3;
            bits >>>= count & ~7;
            count &= 7;
        }
        out.position = at;
        out.bits = bits;
        out.count = count;
        return position;
    }

    private void prepareLengths(HuffmanCode code) {
        for (int length = DeflateFormat.MIN_MATCH; length <= DeflateFormat.MAX_MATCH; length++) {
            int index = DeflateFormat.lengthIndex(length);
            int word = code.words[DeflateFormat.FIRST_LENGTH + index];
            int bits = word & 0xFF;
            int extra = length - DeflateFormat.lengthBase(index);
            lengthWords[length] = (word >>> 8 | extra << bits) << 8 | bits + DeflateFormat.lengthExtraBits(index);
        }
    }
}
