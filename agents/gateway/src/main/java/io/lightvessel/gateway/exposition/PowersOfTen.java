package io.lightvessel.gateway.exposition;

import java.math.BigInteger;

/** Scales integers by powers of ten to the nearest double by the method of Eisel and Lemire, without allocating. */
final class PowersOfTen {
    private static final int LOWEST = -348;
    private static final int HIGHEST = 347;
    /** For each power the upper and the lower 64 bits of its 128 leading bits, rounded down. */
    private static final long[] BITS = bits();

    private PowersOfTen() {}

    /** The bits of {@code mantissa * 10^exponent}, {@code mantissa} unsigned and not 0; -1 when this cannot tell. */
    static long scale(long mantissa, int exponent) {
        if (exponent < LOWEST || exponent > HIGHEST) {
            return -1;
        }
        int zeros = Long.numberOfLeadingZeros(mantissa);
        long normal = mantissa << zeros;
        long binary = (217706L * exponent >> 16) + 64 + 1023 - zeros;
        int row = (exponent - LOWEST) * 2;
        long high = Math.unsignedMultiplyHigh(normal, BITS[row]);
        long low = normal * BITS[row];
        if ((high & 0x1FF) == 0x1FF && Long.compareUnsigned(low + normal, normal) < 0) {
            // The discarded half of the power might carry.
            long carried = low + Math.unsignedMultiplyHigh(normal, BITS[row + 1]);
            long rest = normal * BITS[row + 1];
            if (Long.compareUnsigned(carried, low) < 0) {
                high++;
            }
            low = carried;
            if ((high & 0x1FF) == 0x1FF && low == -1 && Long.compareUnsigned(rest + normal, normal) < 0) {
                return -1;
            }
        }
        int top = (int) (high >>> 63);
        long result = high >>> top + 9;
        binary -= 1 ^ top;
        if (low == 0 && (high & 0x1FF) == 0 && (result & 3) == 1) {
            // In the very middle of two doubles.
            return -1;
        }
        result = result + (result & 1) >>> 1;
        if (result >>> 53 != 0) {
            result >>>= 1;
            binary++;
        }
        if (binary < 1 || binary >= 0x7FF) {
            return -1;
        }
        return binary << 52 | result & 0xF_FFFF_FFFF_FFFFL;
    }

    private static long[] bits() {
        long[] table = new long[(HIGHEST - LOWEST + 1) * 2];
        for (int exponent = LOWEST; exponent <= HIGHEST; exponent++) {
            BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
            BigInteger leading;
            if (exponent < 0) {
                leading = BigInteger.ONE.shiftLeft(power.bitLength() + 128).divide(power);
            } else {
                leading = power.shiftLeft(128);
            }
            leading = leading.shiftRight(leading.bitLength() - 128);
            table[(exponent - LOWEST) * 2] = leading.shiftRight(64).longValue();
            table[(exponent - LOWEST) * 2 + 1] = leading.longValue();
        }
        return table;
    }
}
