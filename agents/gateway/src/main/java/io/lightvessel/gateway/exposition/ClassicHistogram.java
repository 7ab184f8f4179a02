package io.lightvessel.gateway.exposition;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;
import java.util.Comparator;

/** Collects the buckets, count and sum of one classic histogram and makes a native one with custom buckets of them. */
final class ClassicHistogram {
    private static final int CUSTOM_BUCKETS = -53;
    /** A gap up to this long is cheaper as empty buckets than as a new span; so says Prometheus. */
    private static final int BRIDGED = 2;

    private final NativeBuckets buckets = new NativeBuckets();
    private double[] bounds = new double[32];
    private double[] counts = new double[32];
    private int size;
    private boolean counted;
    private double count;
    private double sum;
    private boolean broken;
    private boolean sorted = true;

    void clear() {
        size = 0;
        counted = false;
        count = 0;
        sum = 0;
        broken = false;
        sorted = true;
    }

    void bucket(double bound, double cumulative) {
        if (broken || Double.isNaN(bound) || cumulative < 0) {
            broken = true;
            return;
        }
        sorted &= size == 0 || bounds[size - 1] < bound;
        append(bound, cumulative);
    }

    private void append(double bound, double cumulative) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        // Two zeros are one bound.
        bounds[size] = bound + 0.0;
        counts[size++] = cumulative;
    }

    /** Puts buckets that came in another order in theirs; of several with one bound the first counts. */
    private void sort() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> bounds[i]));
        double[] from = bounds.clone();
        double[] amounts = counts.clone();
        int kept = 0;
        for (int i : order) {
            if (kept == 0 || bounds[kept - 1] != from[i]) {
                bounds[kept] = from[i];
                counts[kept++] = amounts[i];
            }
        }
        size = kept;
        sorted = true;
    }

    private boolean isCumulative() {
        for (int i = 1; i < size; i++) {
            if (counts[i] < counts[i - 1]) {
                return false;
            }
        }
        return true;
    }

    void count(double count) {
        broken |= count < 0;
        this.count = count;
        counted = true;
    }

    void sum(double sum) {
        this.sum = sum;
    }

    /** Writes the native histogram; false when the parts do not fit together. */
    boolean write(ProtoWriter out) {
        if (broken || !counted && size == 0) {
            return false;
        }
        if (!sorted) {
            sort();
        }
        if (!counted) {
            count = counts[size - 1];
        }
        if (size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
            append(Double.POSITIVE_INFINITY, count);
        }
        if (count != counts[size - 1] || !isCumulative()) {
            return false;
        }
        boolean floats = false;
        for (int i = 0; i < size; i++) {
            floats |= counts[i] != (double) (long) counts[i] || counts[i] >= 0x1p63;
        }
        buckets.clear();
        buckets.span(0, size);
        fill(floats);
        if (floats) {
            buckets.compactFloats();
            out.fixed64(2, Double.doubleToRawLongBits(count));
        } else {
            buckets.compactIntegers(BRIDGED);
            out.varint(1, (long) count);
        }
        out.fixed64(3, Double.doubleToRawLongBits(sum));
        out.varint(4, (CUSTOM_BUCKETS << 1 ^ CUSTOM_BUCKETS >> 31) & 0xFFFF_FFFFL);
        buckets.write(out, floats, 11, 12, 13);
        customValues(out);
        return true;
    }

    private void fill(boolean floats) {
        double before = 0;
        long previous = 0;
        for (int i = 0; i < size; i++) {
            double bucket = counts[i] - before;
            before = counts[i];
            if (floats) {
                buckets.add(Double.doubleToRawLongBits(bucket));
            } else {
                buckets.add((long) bucket - previous);
                previous = (long) bucket;
            }
        }
    }

    private void customValues(ProtoWriter out) {
        if (size > 1) {
            int packed = out.begin(16);
            for (int i = 0; i < size - 1; i++) {
                out.fixed64(Double.doubleToRawLongBits(bounds[i]));
            }
            out.end(packed);
        }
    }
}
