package io.lightvessel.gateway.codec;

import java.util.Arrays;

/** Reads the codes in front of a block that has its own. */
final class CodeReader {
    private final DecodeTable precode = DecodeTable.precode();
    private final byte[] precodeLengths = new byte[DeflateFormat.PRECODE_SYMBOLS];
    private final byte[] lengths = new byte[DeflateFormat.LITERALS_AND_LENGTHS + DeflateFormat.DISTANCES];
    private final DecodeTable literals;
    private final DecodeTable distances;
    private int literalCount;
    private int distanceCount;
    private int precodeCount;
    private int precodeRead;
    private int read;

    CodeReader(DecodeTable literals, DecodeTable distances) {
        this.literals = literals;
        this.distances = distances;
    }

    void begin() {
        literalCount = 0;
    }

    /** False if it needs more input; then goes on where it was. */
    boolean read(BitInput in) throws CorruptStream {
        if (literalCount == 0 && !readSizes(in)) {
            return false;
        }
        if (precodeRead < precodeCount && !readPrecode(in)) {
            return false;
        }
        if (!readLengths(in)) {
            return false;
        }
        if (lengths[DeflateFormat.END_OF_BLOCK] == 0) {
            throw new CorruptStream(in.offset(), "no code word for the end of the block (expected: one)");
        }
        check(in, "literals and lengths", literals.build(lengths, 0, literalCount, true));
        check(in, "distances", distances.build(lengths, literalCount, distanceCount, true));
        return true;
    }

    private boolean readSizes(BitInput in) throws CorruptStream {
        if (!in.need(14)) {
            return false;
        }
        int literalSymbols = 257 + in.take(5);
        int distanceSymbols = 1 + in.take(5);
        precodeCount = 4 + in.take(4);
        if (literalSymbols > DeflateFormat.LITERALS_AND_LENGTHS) {
            throw new CorruptStream(in.offset(), literalSymbols + " literal and length codes (expected: at most 286)");
        }
        if (distanceSymbols > DeflateFormat.DISTANCES) {
            throw new CorruptStream(in.offset(), distanceSymbols + " distance codes (expected: at most 30)");
        }
        literalCount = literalSymbols;
        distanceCount = distanceSymbols;
        precodeRead = 0;
        read = 0;
        Arrays.fill(precodeLengths, (byte) 0);
        return true;
    }

    private boolean readPrecode(BitInput in) throws CorruptStream {
        while (precodeRead < precodeCount) {
            if (!in.need(3)) {
                return false;
            }
            precodeLengths[DeflateFormat.precodeSymbol(precodeRead++)] = (byte) in.take(3);
        }
        check(in, "code lengths", precode.build(precodeLengths, 0, precodeLengths.length, false));
        return true;
    }

    private boolean readLengths(BitInput in) throws CorruptStream {
        int total = literalCount + distanceCount;
        while (read < total) {
            // Up to seven for the word and seven more; there may be fewer in front of the input's end.
            in.need(14);
            int entry = precode.entries[in.peek(precode.indexBits)];
            int symbol = entry >>> DecodeTable.VALUE_SHIFT;
            int bits = (entry & 0xFF) + extraBits(symbol);
            if (bits > in.count) {
                return false;
            }
            in.skip(entry & 0xFF);
            if (symbol < DeflateFormat.REPEAT_PREVIOUS) {
                lengths[read++] = (byte) symbol;
            } else {
                repeat(in, symbol, total);
            }
        }
        return true;
    }

    private void repeat(BitInput in, int symbol, int total) throws CorruptStream {
        byte value = 0;
        if (symbol == DeflateFormat.REPEAT_PREVIOUS) {
            if (read == 0) {
                throw new CorruptStream(
                        in.offset(), "a repetition before the first code length (expected: a code length)");
            }
            value = lengths[read - 1];
        }
        int times = (symbol == DeflateFormat.REPEAT_ZERO_LONG ? 11 : 3) + in.take(extraBits(symbol));
        if (read + times > total) {
            throw new CorruptStream(in.offset(), (read + times) + " code lengths (expected: " + total + ")");
        }
        Arrays.fill(lengths, read, read + times, value);
        read += times;
    }

    private static int extraBits(int symbol) {
        return switch (symbol) {
            case DeflateFormat.REPEAT_PREVIOUS -> 2;
            case DeflateFormat.REPEAT_ZERO -> 3;
            case DeflateFormat.REPEAT_ZERO_LONG -> 7;
            default -> 0;
        };
    }

    private static void check(BitInput in, String what, String problem) throws CorruptStream {
        if (!problem.isEmpty()) {
            throw new CorruptStream(in.offset(), problem + " for " + what + " (expected: a complete code)");
        }
    }
}
