package io.lightvessel.gateway.exposition;

/** Reads the numbers of a line in a text format. */
final class TextNumbers {
    private TextNumbers() {}

    /** The end of what follows one blank; -1 when there is no blank, or nothing behind it. */
    static int tokenEnd(byte[] body, int blank, int end) {
        if (blank >= end || body[blank] != ' ') {
            return -1;
        }
        int i = blank + 1;
        while (i < end && body[i] != ' ' && body[i] != '\n' && body[i] != 0) {
            i++;
        }
        return i == blank + 1 ? -1 : i;
    }

    static double value(byte[] body, int from, int to, TextErrors errors) throws MalformedExposition {
        long bits = Floats.bits(body, from, to);
        if (bits == Floats.INVALID || bits == Floats.OUT_OF_RANGE) {
            throw errors.at(
                    from,
                    "value '" + errors.excerpt(from, to) + "'",
                    bits == Floats.INVALID ? "a decimal number" : "a number in the range of doubles");
        }
        return Double.longBitsToDouble(bits);
    }

    /** A time in seconds, as milliseconds. */
    static long seconds(byte[] body, int from, int to, TextErrors errors) throws MalformedExposition {
        double seconds = Double.longBitsToDouble(Floats.bits(body, from, to));
        if (!Double.isFinite(seconds)) {
            throw errors.at(from, "timestamp '" + errors.excerpt(from, to) + "'", "seconds since 1970");
        }
        return (long) (seconds * 1000);
    }
}
