package io.lightvessel.pipeline.sampling;

/** Where the 56 random bits of an item come from. */
final class Randomness {

    /** What items without randomness are taken to have: enough to be sampled at any probability. */
    static final long MOST = (1L << 56) - 1;

    private static final int BUCKETS = 1 << 14;
    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    private Randomness() {}

    /** The last seven bytes of a trace's id, as W3C Trace Context 2 has it. */
    static long ofTraceId(byte[] bytes, int from) {
        long value = 0;
        for (int i = from + 9; i < from + 16; i++) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    static boolean isTraceId(byte[] bytes, int from, int to) {
        if (to - from != 16) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Randomness by FNV-1a over seed and bytes, laid out as the Collector does: only the first 14 bits decide, so that
     * agents and collectors of a tier agree.
     */
    static long ofHash(byte[] bytes, int from, int to, int seed) {
        int hash = FNV_OFFSET;
        for (int i = 0; i < 4; i++) {
            hash = (hash ^ seed >>> 8 * i & 0xFF) * FNV_PRIME;
        }
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i] & 0xFF) * FNV_PRIME;
        }
        long bucket = hash & BUCKETS - 1;
        long unused = hash >>> 32 - 14;
        long mixed = unused ^ unused << 10;
        return BUCKETS - 1 - bucket << 42 | mixed << 14 | bucket;
    }
}
