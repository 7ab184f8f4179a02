package io.lightvessel.gateway.prometheus;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.Numbers;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** One exponential histogram point on its way to a Prometheus native histogram. */
final class NativeHistogram {
    private static final int FINEST = 8;
    private static final int COARSEST = -4;
    /** What Prometheus' own client libraries take when nobody says what counts as zero. */
    private static final double ZERO_THRESHOLD = 1e-128;
    /** A gap up to this long is cheaper as empty buckets than as a new span. */
    private static final int BRIDGED = 2;

    private final Numbers positive = new Numbers();
    private final Numbers negative = new Numbers();
    private final Numbers spans = new Numbers();
    private final Numbers deltas = new Numbers();
    private long count;
    private long sumBits;
    private int scale;
    private long zeroCount;
    private long zeroThresholdBits;
    private int positiveOffset;
    private int negativeOffset;

    void clear() {
        positive.clear();
        negative.clear();
        count = 0;
        sumBits = 0;
        scale = 0;
        zeroCount = 0;
        zeroThresholdBits = 0;
        positiveOffset = 0;
        negativeOffset = 0;
    }

    /** Reads a field of ExponentialHistogramDataPoint, if it is one that matters here. */
    boolean read(int tag, ProtoReader reader) throws MalformedPayload {
        switch (tag) {
            case 4 << 3 | FIXED64 -> count = reader.fixed64();
            case 5 << 3 | FIXED64 -> sumBits = reader.fixed64();
            case 6 << 3 | VARINT -> scale = unzigzag(reader.varint());
            case 7 << 3 | FIXED64 -> zeroCount = reader.fixed64();
            case 8 << 3 | LEN -> positiveOffset = buckets(reader, positive);
            case 9 << 3 | LEN -> negativeOffset = buckets(reader, negative);
            case 14 << 3 | FIXED64 -> zeroThresholdBits = reader.fixed64();
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean isTooCoarse() {
        return scale < COARSEST;
    }

    private static int buckets(ProtoReader reader, Numbers counts) throws MalformedPayload {
        int offset = 0;
        counts.clear();
        int outer = reader.enter();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> offset = unzigzag(reader.varint());
                case 2 << 3 | LEN -> counts.packedVarints(reader);
                case 2 << 3 | VARINT -> counts.add(reader.varint());
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        return offset;
    }

    private static int unzigzag(long value) {
        return (int) (value >>> 1) ^ -(int) (value & 1);
    }

    /** Appends the fields of prompb.Histogram but for the timestamp. */
    void write(ProtoWriter out, boolean stale) {
        out.varint(1, stale ? PointReader.STALE : count);
        out.fixed64(3, stale ? PointReader.STALE : sumBits);
        out.varint(4, zigzag(Math.min(scale, FINEST)));
        double threshold = Double.longBitsToDouble(zeroThresholdBits);
        out.fixed64(5, Double.doubleToRawLongBits(threshold > 0 ? threshold : ZERO_THRESHOLD));
        out.varint(6, zeroCount);
        if (!stale) {
            side(out, negative, negativeOffset, 8, 9);
            side(out, positive, positiveOffset, 11, 12);
        }
    }

    private void side(ProtoWriter out, Numbers counts, int offset, int spanField, int deltaField) {
        layOut(counts, offset, Math.max(0, scale - FINEST));
        for (int i = 0; i < spans.size(); i += 2) {
            int span = out.begin(spanField);
            out.varint(1, zigzag((int) spans.get(i)));
            out.varint(2, spans.get(i + 1));
            out.end(span);
        }
        if (deltas.size() > 0) {
            int packed = out.begin(deltaField);
            for (int i = 0; i < deltas.size(); i++) {
                out.varint(zigzag64(deltas.get(i)));
            }
            out.end(packed);
        }
    }

    /**
     * Groups buckets into spans (offset, length) of counts that are kept as differences. Prometheus numbers a bucket by
     * its upper bound, OTLP by its lower one: hence one more. Buckets finer than Prometheus knows are merged.
     */
    private void layOut(Numbers counts, int offset, int merged) {
        spans.clear();
        deltas.clear();
        long previous = 0;
        int next = 0;
        int length = 0;
        int spanOffset = 0;
        for (int i = 0; i < counts.size(); ) {
            int index = (offset + i >> merged) + 1;
            long value = 0;
            for (; i < counts.size() && (offset + i >> merged) + 1 == index; i++) {
                value += counts.get(i);
            }
            if (value == 0) {
                continue;
            }
            int gap = index - next;
            if (deltas.size() > 0 && gap <= BRIDGED) {
                for (int empty = 0; empty < gap; empty++) {
                    deltas.add(-previous);
                    previous = 0;
                    length++;
                }
            } else {
                if (deltas.size() > 0) {
                    spans.add(spanOffset);
                    spans.add(length);
                }
                spanOffset = gap;
                length = 0;
            }
            deltas.add(value - previous);
            previous = value;
            length++;
            next = index + 1;
        }
        if (length > 0) {
            spans.add(spanOffset);
            spans.add(length);
        }
    }

    private static long zigzag(int value) {
        return ((value << 1) ^ (value >> 31)) & 0xFFFF_FFFFL;
    }

    private static long zigzag64(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
