package io.lightvessel.gateway.series;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.Numbers;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;

/** A native histogram on its way to an OTLP data point: exponential, or explicit when its bounds are custom ones. */
final class NativePoint {

    private static final int CUSTOM_SCHEMA = -53;
    private static final int FINEST = 8;
    private static final int COARSEST = -4;

    private final PointWriter points;
    private final NativeBuckets positive = new NativeBuckets();
    private final NativeBuckets negative = new NativeBuckets();
    private final Numbers bounds = new Numbers();
    private long count;
    private long sumBits;
    private int schema;
    private long thresholdBits;
    private long zeroCount;
    private long millis;
    private long startMillis;

    NativePoint(PointWriter points) {
        this.points = points;
    }

    boolean isCustom() {
        return schema == CUSTOM_SCHEMA;
    }

    void read(SeriesReader series, int index) throws MalformedPayload {
        ProtoReader reader = new ProtoReader(series.bytes());
        reader.reset(series.histograms().from(index), series.histograms().to(index));
        positive.clear();
        negative.clear();
        bounds.clear();
        count = 0;
        sumBits = 0;
        schema = 0;
        thresholdBits = 0;
        zeroCount = 0;
        millis = 0;
        startMillis = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> count = reader.varint();
                case 2 << 3 | FIXED64 -> count = NativeBuckets.rounded(reader.fixed64());
                case 3 << 3 | FIXED64 -> sumBits = reader.fixed64();
                case 4 << 3 | VARINT -> schema = NativeBuckets.unzigzag(reader.varint());
                case 5 << 3 | FIXED64 -> thresholdBits = reader.fixed64();
                case 6 << 3 | VARINT -> zeroCount = reader.varint();
                case 7 << 3 | FIXED64 -> zeroCount = NativeBuckets.rounded(reader.fixed64());
                case 8 << 3 | LEN -> negative.span(reader);
                case 9 << 3 | LEN -> negative.deltas(reader);
                case 9 << 3 | VARINT -> negative.delta(reader.varint());
                case 10 << 3 | LEN -> negative.counts(reader);
                case 11 << 3 | LEN -> positive.span(reader);
                case 12 << 3 | LEN -> positive.deltas(reader);
                case 12 << 3 | VARINT -> positive.delta(reader.varint());
                case 13 << 3 | LEN -> positive.counts(reader);
                case 15 << 3 | VARINT -> millis = reader.varint();
                case 16 << 3 | LEN -> bounds.packed(reader);
                case 17 << 3 | VARINT -> startMillis = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        if (schema != CUSTOM_SCHEMA && (schema > FINEST || schema < COARSEST)) {
            throw new MalformedPayload("a native histogram of schema " + schema + " (expected: -53 or -4..8)");
        }
    }

    /** A point that only says that the series has ended. */
    void stale(ProtoWriter out, long timeMillis) {
        int point = points.begin(out, 1);
        PointWriter.times(out, 0, timeMillis);
        out.varint(10, PointWriter.NO_RECORDED_VALUE);
        out.end(point);
    }

    void write(ProtoWriter out, boolean withExemplars) throws MalformedPayload {
        boolean custom = isCustom();
        int point = points.begin(out, custom ? 9 : 1);
        PointWriter.times(out, startMillis, millis);
        if (sumBits == PointWriter.STALE) {
            out.varint(10, PointWriter.NO_RECORDED_VALUE);
        } else {
            out.fixed64(4, count);
            out.fixed64(5, sumBits);
            if (custom) {
                explicit(out);
            } else {
                exponential(out);
            }
        }
        if (withExemplars) {
            points.exemplars(out, custom ? 8 : 11);
        }
        out.end(point);
    }

    private void explicit(ProtoWriter out) throws MalformedPayload {
        int infinite =
                bounds.size() > 0 && Double.longBitsToDouble(bounds.get(bounds.size() - 1)) == Double.POSITIVE_INFINITY
                        ? 1
                        : 0;
        int finite = bounds.size() - infinite;
        out.tag(6, LEN);
        out.varint(8L * (finite + 1));
        positive.writeDense(out, finite + 1);
        out.tag(7, LEN);
        out.varint(8L * finite);
        for (int i = 0; i < finite; i++) {
            out.fixed64(bounds.get(i));
        }
    }

    private void exponential(ProtoWriter out) throws MalformedPayload {
        // One scale holds for both sides.
        int merged = Math.max(positive.mergesNeeded(), negative.mergesNeeded());
        out.varint(6, zigzag(schema - merged));
        out.fixed64(7, zeroCount);
        positive.writeExponential(out, 8, merged);
        negative.writeExponential(out, 9, merged);
        if (thresholdBits != 0) {
            out.fixed64(14, thresholdBits);
        }
    }

    static long zigzag(int value) {
        return ((value << 1) ^ (value >> 31)) & 0xFFFF_FFFFL;
    }
}
