package io.lightvessel.pipeline.sampling;

/** Numbers of 56 bits as 14 hexadecimal digits. */
final class Hex {

    private Hex() {}

    /** Reads up to 14 digits of either case; -1 when there is something else in them. */
    static long parse(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static String format(long value) {
        // The digit in front keeps the zeros behind it.
        return Long.toHexString(1L << 56 | value).substring(1);
    }
}
