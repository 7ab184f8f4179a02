package io.lightvessel.pipeline.sampling;

/**
 * Sampling thresholds of 56 bits, as OpenTelemetry's probability sampling defines them: an item is sampled when its
 * randomness is not below the threshold. Written as up to 14 hexadecimal digits without trailing zeros.
 */
final class Threshold {

    /** Samples everything. */
    static final long ALWAYS = 0;

    /** Samples nothing: above all randomness. */
    static final long NEVER = 1L << 56;

    static final int MOST_DIGITS = 14;

    /** What {@link #parse} returns for a text that is no threshold. */
    static final long INVALID = -1;

    private static final double SCALE = NEVER;
    private static final int BITS_OF_DIGIT = 4;

    private Threshold() {}

    /**
     * The threshold for a probability; {@link #NEVER} when it is too small for one.
     *
     * @param digits how many hexadecimal digits it may have; leading zeros and fs do not count, so that small and large
     *     probabilities keep their precision
     */
    static long of(double probability, int digits) {
        if (probability >= 1) {
            return ALWAYS;
        }
        if (probability < 1 / SCALE) {
            return NEVER;
        }
        int precision = Math.min(
                MOST_DIGITS,
                Math.max(
                        digits + leadingZeros(probability) / BITS_OF_DIGIT,
                        digits + leadingZeros(1 - probability) / BITS_OF_DIGIT));
        long threshold = NEVER - Math.round(probability * SCALE);
        int shift = BITS_OF_DIGIT * (MOST_DIGITS - precision);
        if (shift > 0) {
            threshold = threshold + (1L << shift - 1) >>> shift << shift;
        }
        return threshold;
    }

    /** Binary zeros behind the point before the first one. */
    private static int leadingZeros(double fraction) {
        return -Math.getExponent(fraction) - 1;
    }

    static double probability(long threshold) {
        return (NEVER - threshold) / SCALE;
    }

    /** Reads 1 to 14 hexadecimal digits. */
    static long parse(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return INVALID;
        }
        long value = Hex.parse(digits);
        return value < 0 ? INVALID : value << BITS_OF_DIGIT * (MOST_DIGITS - digits.length());
    }

    /** A threshold that samples something, as text. */
    static String format(long threshold) {
        if (threshold == ALWAYS) {
            return "0";
        }
        String digits = Hex.format(threshold);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }
}
