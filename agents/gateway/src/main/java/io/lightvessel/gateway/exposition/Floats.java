package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers exactly as Go's ParseFloat reads them for Prometheus: nearest double, no hexadecimal forms and no
 * underscores, infinities and NaN in any case, and numbers too large for a double refused.
 */
final class Floats {
    /** A NaN that no number is read as: the text is not a number. */
    static final long INVALID = 0x7FF0_0000_0000_0001L;
    /** A NaN that no number is read as: the text is a number, but beyond the largest double. */
    static final long OUT_OF_RANGE = 0x7FF0_0000_0000_0003L;
    /** The NaN of Prometheus' parsers. */
    static final long NAN = 0x7FF8_0000_0000_0001L;

    private static final long LARGEST_EXACT = 1L << 53;
    private static final int DIGITS_OF_A_LONG = 19;
    private static final int EXPONENT_LIMIT = 10_000;
    private static final byte[] INFINITY = "infinity".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOT_A_NUMBER = "nan".getBytes(StandardCharsets.US_ASCII);
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private Floats() {}

    /** The bits of the double, {@link #INVALID} or {@link #OUT_OF_RANGE}. */
    static long bits(byte[] text, int from, int to) {
        int at = from;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at] == '-';
            at++;
        }
        int firstDigit = at;
        long mantissa = 0;
        while (at < to && (text[at] - '0' & 0xFF) < 10) {
            mantissa = mantissa * 10 + (text[at++] - '0');
        }
        int digits = at - firstDigit;
        int exponent = 0;
        if (at < to && text[at] == '.') {
            int point = ++at;
            while (at < to && (text[at] - '0' & 0xFF) < 10) {
                mantissa = mantissa * 10 + (text[at++] - '0');
            }
            exponent = point - at;
            digits -= exponent;
        }
        if (digits == 0) {
            return word(text, from, to);
        }
        int mantissaEnd = at;
        if (at < to) {
            int written = exponent(text, at, to);
            if (written == Integer.MIN_VALUE) {
                return INVALID;
            }
            exponent += written;
        }
        if (digits > DIGITS_OF_A_LONG) {
            return longMantissa(text, from, to, firstDigit, mantissaEnd, exponent, negative);
        }
        return combine(mantissa, exponent, negative, text, from, to);
    }

    /** The double nearest to an unsigned number. */
    static double ofUnsigned(long value) {
        return value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
    }

    private static long combine(long mantissa, int exponent, boolean negative, byte[] text, int from, int to) {
        if (mantissa >= 0 && mantissa <= LARGEST_EXACT && exponent >= -22 && exponent <= 22) {
            // Both are exact, so the one operation rounds correctly.
            double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
            return Double.doubleToRawLongBits(negative ? -value : value);
        }
        if (mantissa == 0) {
            return negative ? Long.MIN_VALUE : 0;
        }
        long bits = PowersOfTen.scale(mantissa, exponent);
        if (bits < 0) {
            return exactly(text, from, to);
        }
        return negative ? bits | Long.MIN_VALUE : bits;
    }

    /** More digits than a long holds: leading zeros do not count, and most tails do not matter. */
    private static long longMantissa(
            byte[] text, int from, int to, int firstDigit, int mantissaEnd, int exponent, boolean negative) {
        long mantissa = 0;
        int kept = 0;
        int cut = 0;
        for (int at = firstDigit; at < mantissaEnd; at++) {
            if (text[at] == '.') {
                continue;
            }
            if (kept == DIGITS_OF_A_LONG) {
                cut++;
            } else if (kept > 0 || text[at] != '0') {
                mantissa = mantissa * 10 + (text[at] - '0');
                kept++;
            }
        }
        if (cut == 0) {
            return combine(mantissa, exponent, negative, text, from, to);
        }
        long below = PowersOfTen.scale(mantissa, exponent + cut);
        if (below < 0 || below != PowersOfTen.scale(mantissa + 1, exponent + cut)) {
            return exactly(text, from, to);
        }
        return negative ? below | Long.MIN_VALUE : below;
    }

    /** What stands behind {@code e}; capped, since beyond some hundreds only zero or infinity is left. */
    private static int exponent(byte[] text, int from, int to) {
        int at = from;
        if ((text[at] | 0x20) != 'e') {
            return Integer.MIN_VALUE;
        }
        at++;
        boolean negative = false;
        if (at < to && (text[at] == '-' || text[at] == '+')) {
            negative = text[at] == '-';
            at++;
        }
        if (at == to) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            if (exponent < EXPONENT_LIMIT) {
                exponent = exponent * 10 + digit;
            }
        }
        return negative ? -exponent : exponent;
    }

    /** For the few that lie so near the middle of two doubles that all their digits count, and for the extremes. */
    private static long exactly(byte[] text, int from, int to) {
        double value = Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
        return Double.isInfinite(value) ? OUT_OF_RANGE : Double.doubleToRawLongBits(value);
    }

    private static long word(byte[] text, int from, int to) {
        if (equal(text, from, to, NOT_A_NUMBER, 3)) {
            return NAN;
        }
        boolean signed = from < to && (text[from] == '-' || text[from] == '+');
        int start = signed ? from + 1 : from;
        if (equal(text, start, to, INFINITY, 3) || equal(text, start, to, INFINITY, 8)) {
            return Double.doubleToRawLongBits(text[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return INVALID;
    }

    private static boolean equal(byte[] text, int from, int to, byte[] word, int length) {
        if (to - from != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((text[from + i] | 0x20) != word[i]) {
                return false;
            }
        }
        return true;
    }
}
