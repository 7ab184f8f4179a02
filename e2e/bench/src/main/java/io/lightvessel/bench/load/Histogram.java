package io.lightvessel.bench.load;

/** Durations in buckets of about three percent, from a microsecond up. */
final class Histogram {

    private static final int STEPS = 32;

    private final long[] buckets = new long[64 * STEPS];
    private long count;

    void add(long nanos) {
        long micros = Math.max(1, nanos / 1000);
        int power = 63 - Long.numberOfLeadingZeros(micros);
        int step = power < 5 ? 0 : (int) (micros >>> (power - 5)) & (STEPS - 1);
        buckets[power * STEPS + step]++;
        count++;
    }

    /** In milliseconds; 0 when there is nothing. */
    double quantile(double share) {
        long rank = (long) Math.ceil(count * share);
        long seen = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            seen += buckets[bucket];
            if (seen >= rank && seen > 0) {
                int power = bucket / STEPS;
                double micros = Math.scalb(1 + bucket % STEPS / (double) STEPS, power);
                return micros / 1000;
            }
        }
        return 0;
    }

    void clear() {
        java.util.Arrays.fill(buckets, 0);
        count = 0;
    }
}
