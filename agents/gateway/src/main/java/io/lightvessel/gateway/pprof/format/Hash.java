package io.lightvessel.gateway.pprof.format;

/**
 * Hashes what makes stacks equal into 64 bits. Equal on every replica, since it is handed over with a target; whoever
 * made stacks collide on purpose would only blur his own profile.
 */
final class Hash {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Hash() {}

    /** Spreads every bit over all others (the finalizer of SplitMix64). */
    static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }

    /** A hash of what came before and this, in this order. */
    static long and(long before, long value) {
        return mix(before * MULTIPLIER + value + 1);
    }

    static long of(byte[] bytes, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = and(hash, (long) Bytes.LONG.get(bytes, at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | bytes[at] & 0xFF;
        }
        return and(hash, rest);
    }
}
