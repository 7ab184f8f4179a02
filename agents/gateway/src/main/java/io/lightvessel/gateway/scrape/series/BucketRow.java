package io.lightvessel.gateway.scrape.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/** The buckets of one side of a native histogram, as indices with counts. */
final class BucketRow {
    /** No target needs more; spans could announce any number. */
    private static final int MOST = 1 << 20;

    private final int spansField;
    private final int deltasField;
    private final int countsField;
    private int[] index = new int[64];
    private int indices;
    private int nextIndex;
    private long[] counts = new long[64];
    private double[] floats = new double[64];
    private int values;
    private boolean isFloat;
    private long lastCount;

    BucketRow(int spansField, int deltasField, int countsField) {
        this.spansField = spansField;
        this.deltasField = deltasField;
        this.countsField = countsField;
    }

    void clear() {
        indices = 0;
        nextIndex = 0;
        values = 0;
        isFloat = false;
        lastCount = 0;
    }

    int buckets() {
        return indices;
    }

    /** Takes a field in if it is one of these buckets'. */
    boolean read(int tag, ProtoReader in) throws MalformedPayload {
        int field = tag >>> 3;
        if (field == spansField) {
            span(in);
        } else if (field == deltasField) {
            int outer = in.enter();
            while (in.hasMore()) {
                long value = in.varint();
                lastCount += value >>> 1 ^ -(value & 1);
                room();
                counts[values++] = lastCount;
            }
            in.leave(outer);
        } else if (field == countsField) {
            isFloat = true;
            int outer = in.enter();
            while (in.hasMore()) {
                room();
                floats[values++] = Double.longBitsToDouble(in.fixed64());
            }
            in.leave(outer);
        } else {
            return false;
        }
        return true;
    }

    private void room() {
        if (values == counts.length) {
            counts = Arrays.copyOf(counts, values * 2);
            floats = Arrays.copyOf(floats, values * 2);
        }
    }

    private void span(ProtoReader in) throws MalformedPayload {
        int outer = in.enter();
        int offset = 0;
        long length = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 1 -> {
                    int value = (int) in.varint();
                    offset = value >>> 1 ^ -(value & 1);
                }
                case 2 -> length = in.varint();
                default -> in.skipField(tag);
            }
        }
        in.leave(outer);
        if (length < 0 || length > MOST - indices) {
            throw new MalformedPayload("a span of " + Long.toUnsignedString(length) + " buckets (expected: fewer)");
        }
        nextIndex += offset;
        if (index.length < indices + length) {
            index = Arrays.copyOf(index, Math.max(indices + (int) length, index.length * 2));
        }
        for (int i = 0; i < length; i++) {
            index[indices++] = nextIndex++;
        }
    }

    /** Makes one bucket of each 2^steps, as a schema that is smaller by that many has them. */
    void merge(int steps) {
        int all = Math.min(indices, values);
        int merged = 0;
        for (int i = 0; i < all; i++) {
            int target = (index[i] - 1 >> steps) + 1;
            if (merged > 0 && index[merged - 1] == target) {
                counts[merged - 1] += counts[i];
                floats[merged - 1] += floats[i];
            } else {
                index[merged] = target;
                counts[merged] = counts[i];
                floats[merged++] = floats[i];
            }
        }
        indices = merged;
        values = merged;
    }

    void writeTo(ProtoWriter out) {
        int next = 0;
        for (int from = 0; from < indices; ) {
            int to = from + 1;
            while (to < indices && index[to] == index[to - 1] + 1) {
                to++;
            }
            int span = out.begin(spansField);
            int offset = index[from] - next;
            out.varint(1, Integer.toUnsignedLong(offset << 1 ^ offset >> 31));
            out.varint(2, to - from);
            out.end(span);
            next = index[to - 1] + 1;
            from = to;
        }
        if (values == 0) {
            return;
        }
        int packed = out.begin(isFloat ? countsField : deltasField);
        long before = 0;
        for (int i = 0; i < values; i++) {
            if (isFloat) {
                out.fixed64(Double.doubleToRawLongBits(floats[i]));
            } else {
                long delta = counts[i] - before;
                out.varint(delta << 1 ^ delta >> 63);
                before = counts[i];
            }
        }
        out.end(packed);
    }
}
