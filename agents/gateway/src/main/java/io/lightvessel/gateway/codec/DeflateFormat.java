package io.lightvessel.gateway.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Constants of RFC 1951 and the wide reads both directions use. */
final class DeflateFormat {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static final int STORED = 0;
    static final int STATIC = 1;
    static final int DYNAMIC = 2;

    static final int WINDOW = 1 << 15;
    static final int MIN_MATCH = 3;
    static final int MAX_MATCH = 258;
    static final int MAX_STORED = 0xFFFF;
    static final int MAX_BITS = 15;

    static final int END_OF_BLOCK = 256;
    static final int FIRST_LENGTH = 257;
    /** Symbols a block may use; the static code has two more that nothing may use. */
    static final int LITERALS_AND_LENGTHS = 286;

    static final int DISTANCES = 30;

    static final int PRECODE_SYMBOLS = 19;
    static final int PRECODE_MAX_BITS = 7;
    static final int REPEAT_PREVIOUS = 16;
    static final int REPEAT_ZERO = 17;
    static final int REPEAT_ZERO_LONG = 18;

    private static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    private static final int[] PRECODE_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final byte[] LENGTH_INDEX = lengthIndex();

    private DeflateFormat() {}

    static int lengthBase(int index) {
        return LENGTH_BASE[index];
    }

    static int lengthExtraBits(int index) {
        return index < 8 || index == 28 ? 0 : (index >>> 2) - 1;
    }

    /** Which of the 29 length codes a match of this length has. */
    static int lengthIndex(int length) {
        return LENGTH_INDEX[length];
    }

    static int distanceBase(int symbol) {
        return symbol < 2 ? symbol + 1 : (2 + (symbol & 1) << distanceExtraBits(symbol)) + 1;
    }

    static int distanceExtraBits(int symbol) {
        return symbol < 4 ? 0 : (symbol >>> 1) - 1;
    }

    /** Computed, since a table of all distances would push the data out of the first cache. */
    static int distanceSymbol(int distance) {
        int d = distance - 1;
        if (d < 4) {
            return d;
        }
        int log = 31 - Integer.numberOfLeadingZeros(d);
        return 2 * log + (d >>> log - 1 & 1);
    }

    static int precodeSymbol(int index) {
        return PRECODE_ORDER[index];
    }

    /** Code lengths of the static literal and length code, all 288 of them. */
    static byte[] staticLengths() {
        byte[] lengths = new byte[288];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            lengths[symbol] = (byte) (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8);
        }
        return lengths;
    }

    /** Code lengths of the static distance code, all 32 of them. */
    static byte[] staticDistances() {
        byte[] lengths = new byte[32];
        Arrays.fill(lengths, (byte) 5);
        return lengths;
    }

    private static byte[] lengthIndex() {
        byte[] index = new byte[MAX_MATCH + 1];
        int code = 0;
        for (int length = MIN_MATCH; length <= MAX_MATCH; length++) {
            while (code < 28 && length >= LENGTH_BASE[code + 1]) {
                code++;
            }
            index[length] = (byte) code;
        }
        return index;
    }
}
