package io.lightvessel.gateway.series;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.Numbers;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** The buckets of one side of a native histogram: spans with their counts, as indices with their counts. */
final class NativeBuckets {

    /** Dense buckets in a data point; sparser ones are merged until they fit, whoever scattered them. */
    private static final int MOST_DENSE = 2048;

    private final Numbers offsets = new Numbers();
    private final Numbers lengths = new Numbers();
    private final Numbers counts = new Numbers();
    private long running;

    void clear() {
        offsets.clear();
        lengths.clear();
        counts.clear();
        running = 0;
    }

    void span(ProtoReader reader) throws MalformedPayload {
        long offset = 0;
        long length = 0;
        int outer = reader.enter();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> offset = unzigzag(reader.varint());
                case 2 << 3 | VARINT -> length = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new MalformedPayload("a span of " + Long.toUnsignedString(length) + " buckets (expected: fewer)");
        }
        offsets.add(offset);
        lengths.add(length);
    }

    void deltas(ProtoReader reader) throws MalformedPayload {
        int outer = reader.enter();
        while (reader.hasMore()) {
            delta(reader.varint());
        }
        reader.leave(outer);
    }

    void delta(long zigzagged) {
        running += zigzagged >>> 1 ^ -(zigzagged & 1);
        counts.add(Math.max(0, running));
    }

    void counts(ProtoReader reader) throws MalformedPayload {
        int outer = reader.enter();
        while (reader.hasMore()) {
            counts.add(rounded(reader.fixed64()));
        }
        reader.leave(outer);
    }

    /** Calls back for each bucket with its index. */
    private interface Bucket {
        void take(int index, long count) throws MalformedPayload;
    }

    private void forEach(Bucket bucket) throws MalformedPayload {
        int next = 0;
        long index = 0;
        for (int span = 0; span < offsets.size(); span++) {
            index += offsets.get(span);
            for (long i = 0; i < lengths.get(span); i++, index++) {
                if (next == counts.size() || Math.abs(index) > Integer.MAX_VALUE / 2) {
                    throw new MalformedPayload("a native histogram of " + counts.size()
                            + " bucket counts (expected: as many as its spans have buckets)");
                }
                bucket.take((int) index, counts.get(next++));
            }
        }
    }

    /** Counts of the buckets from 0 to a size, without gaps. */
    void writeDense(ProtoWriter out, int size) throws MalformedPayload {
        long[] dense = new long[size];
        forEach((index, count) -> {
            if (index < 0 || index >= size) {
                throw new MalformedPayload("bucket " + index + " (expected: 0 to " + (size - 1) + ")");
            }
            dense[index] += count;
        });
        for (long count : dense) {
            out.fixed64(count);
        }
    }

    /** How often neighbours have to be merged until what lies between the outermost buckets fits. */
    int mergesNeeded() throws MalformedPayload {
        int[] range = range();
        int merges = 0;
        while (range[0] <= range[1] && (range[1] >> merges) - (range[0] >> merges) >= MOST_DENSE) {
            merges++;
        }
        return merges;
    }

    /** The lowest and highest index with a count, as OTLP numbers them; the higher first when there is none. */
    private int[] range() throws MalformedPayload {
        int[] range = {1, 0};
        forEach((index, count) -> {
            if (count == 0) {
                return;
            }
            // Prometheus numbers a bucket by its upper bound, OTLP by its lower one.
            int at = index - 1;
            boolean first = range[0] > range[1];
            range[0] = first ? at : Math.min(range[0], at);
            range[1] = first ? at : Math.max(range[1], at);
        });
        return range;
    }

    void writeExponential(ProtoWriter out, int field, int merges) throws MalformedPayload {
        int[] range = range();
        if (range[0] > range[1]) {
            return;
        }
        int offset = range[0] >> merges;
        long[] dense = new long[(range[1] >> merges) - offset + 1];
        forEach((index, count) -> {
            if (count != 0) {
                dense[(index - 1 >> merges) - offset] += count;
            }
        });
        int buckets = out.begin(field);
        out.varint(1, NativePoint.zigzag(offset));
        int packed = out.begin(2);
        for (long count : dense) {
            out.varint(count);
        }
        out.end(packed);
        out.end(buckets);
    }

    static int unzigzag(long value) {
        return (int) (value >>> 1) ^ -(int) (value & 1);
    }

    static long rounded(long doubleBits) {
        double value = Double.longBitsToDouble(doubleBits);
        return Double.isNaN(value) ? 0 : Math.max(0, Math.round(value));
    }
}
