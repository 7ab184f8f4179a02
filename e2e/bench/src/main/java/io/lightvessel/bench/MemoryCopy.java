package io.lightvessel.bench;

/** How fast this machine copies memory: what figures are held against, since machines differ. */
final class MemoryCopy {

    private static final int BLOCK = 64 << 20;
    private static final int ROUNDS = 12;

    private MemoryCopy() {}

    /** Gigabytes that one thread copies in a second, between blocks no cache holds. */
    static double gigabytesPerSecond() {
        byte[] from = new byte[BLOCK];
        byte[] to = new byte[BLOCK];
        long best = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            from[round] = 1;
            long before = System.nanoTime();
            System.arraycopy(from, 0, to, 0, BLOCK);
            best = Math.min(best, System.nanoTime() - before);
        }
        return (double) BLOCK / best;
    }
}
