package io.lightvessel.gateway.exposition;

import io.lightvessel.gateway.protobuf.ProtoWriter;
import java.util.Arrays;

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

    void clear() {
        size = 0;
        counted = false;
        count = 0;
        sum = 0;
        broken = false;
    }

    void bucket(double bound, double cumulative) {
        if (broken || Double.isNaN(bound) || cumulative < 0) {
            broken = true;
            return;
        }
        int place = size;
        while (place > 0 && bounds[place - 1] >= bound) {
            place--;
        }
        if (place < size && bounds[place] == bound) {
            return;
        }
        if (place > 0 && cumulative < counts[place - 1] || place < size && cumulative > counts[place]) {
            broken = true;
            return;
        }
        insert(place, bound, cumulative);
    }

    private void insert(int place, double bound, double cumulative) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
        }
        System.arraycopy(bounds, place, bounds, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        bounds[place] = bound;
        counts[place] = cumulative;
        size++;
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
        if (!counted) {
            count = counts[size - 1];
        }
        if (size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
            if (size > 0 && count < counts[size - 1]) {
                return false;
            }
            insert(size, Double.POSITIVE_INFINITY, count);
        }
        if (count != counts[size - 1]) {
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
