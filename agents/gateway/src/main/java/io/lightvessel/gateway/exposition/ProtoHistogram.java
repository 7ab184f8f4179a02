package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.WireCursor.FIXED64;
import static io.lightvessel.gateway.exposition.WireCursor.LEN;
import static io.lightvessel.gateway.exposition.WireCursor.VARINT;

import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** A histogram of the protobuf format, classic, native or both. */
final class ProtoHistogram {
    private static final int COARSEST = -4;
    private static final int FINEST = 8;
    private static final int RESET_HINT_GAUGE = 3;

    final Places buckets = new Places();
    final Places exemplars = new Places();
    private final NativeBuckets positive = new NativeBuckets();
    private final NativeBuckets negative = new NativeBuckets();
    private long count;
    private double countFloat;
    private double sum;
    private int schema;
    private double zeroThreshold;
    private long zeroCount;
    private double zeroCountFloat;
    private long created;

    void read(WireCursor in) throws MalformedExposition {
        clear();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> count = in.varint();
                case 2 << 3 | FIXED64 -> sum = Double.longBitsToDouble(in.fixed64());
                case 3 << 3 | LEN -> buckets.add(in);
                case 4 << 3 | FIXED64 -> countFloat = Double.longBitsToDouble(in.fixed64());
                case 5 << 3 | VARINT -> schema = unzigzag(in.varint());
                case 6 << 3 | FIXED64 -> zeroThreshold = Double.longBitsToDouble(in.fixed64());
                case 7 << 3 | VARINT -> zeroCount = in.varint();
                case 8 << 3 | FIXED64 -> zeroCountFloat = Double.longBitsToDouble(in.fixed64());
                case 15 << 3 | LEN -> created = timestamp(in);
                case 16 << 3 | LEN -> exemplars.add(in);
                default -> {
                    if (!readBuckets(tag, in)) {
                        if (tag >>> 3 <= 16) {
                            throw in.wrongType("field " + (tag >>> 3) + " of a histogram", tag);
                        }
                        in.skip(tag);
                    }
                }
            }
        }
    }

    private boolean readBuckets(int tag, WireCursor in) throws MalformedExposition {
        switch (tag) {
            case 9 << 3 | LEN -> span(in, negative);
            case 10 << 3 | VARINT -> negative.add(unzigzag64(in.varint()));
            case 10 << 3 | LEN -> deltas(in, negative);
            case 11 << 3 | FIXED64 -> negative.add(in.fixed64());
            case 11 << 3 | LEN -> counts(in, negative);
            case 12 << 3 | LEN -> span(in, positive);
            case 13 << 3 | VARINT -> positive.add(unzigzag64(in.varint()));
            case 13 << 3 | LEN -> deltas(in, positive);
            case 14 << 3 | FIXED64 -> positive.add(in.fixed64());
            case 14 << 3 | LEN -> counts(in, positive);
            default -> {
                return false;
            }
        }
        return true;
    }

    void clear() {
        buckets.clear();
        exemplars.clear();
        positive.clear();
        negative.clear();
        count = 0;
        countFloat = 0;
        sum = 0;
        schema = 0;
        zeroThreshold = 0;
        zeroCount = 0;
        zeroCountFloat = 0;
        created = 0;
    }

    private static void deltas(WireCursor in, NativeBuckets side) throws MalformedExposition {
        int outer = in.into();
        while (in.hasMore()) {
            side.add(unzigzag64(in.varint()));
        }
        in.leave(outer);
    }

    private static void counts(WireCursor in, NativeBuckets side) throws MalformedExposition {
        int outer = in.into();
        while (in.hasMore()) {
            side.add(in.fixed64());
        }
        in.leave(outer);
    }

    private static void span(WireCursor in, NativeBuckets side) throws MalformedExposition {
        int outer = in.into();
        int offset = 0;
        long length = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> offset = unzigzag(in.varint());
                case 2 << 3 | VARINT -> length = in.varint() & 0xFFFF_FFFFL;
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        side.span(offset, length);
    }

    /** Milliseconds of a {@code google.protobuf.Timestamp}. */
    static long timestamp(WireCursor in) throws MalformedExposition {
        int outer = in.into();
        long seconds = 0;
        int nanos = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> seconds = in.varint();
                case 2 << 3 | VARINT -> nanos = (int) in.varint();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return seconds * 1000 + nanos / 1_000_000;
    }

    /** By Prometheus' rule: libraries put an empty span into native histograms that have seen nothing yet. */
    boolean isNative() {
        return positive.hasSpans() || negative.hasSpans() || zeroThreshold > 0 || zeroCount != 0;
    }

    double count() {
        return countFloat == 0 ? Floats.ofUnsigned(count) : countFloat;
    }

    double sum() {
        return sum;
    }

    long created() {
        return created;
    }

    /** Writes the native histogram, without empty buckets, if it is what Prometheus would store. */
    void writeNative(ProtoWriter out, boolean gauge, WireCursor in) throws MalformedExposition {
        if (schema < COARSEST || schema > FINEST) {
            throw in.malformed("a native histogram of schema " + schema, COARSEST + " to " + FINEST);
        }
        checkSpans(positive, in);
        checkSpans(negative, in);
        boolean floats = countFloat > 0 || zeroCountFloat > 0;
        if (floats) {
            if (!positive.compactFloats() || !negative.compactFloats() || countFloat < 0 || zeroCountFloat < 0) {
                throw in.malformed("a native histogram with a negative count", "counts from 0");
            }
            out.fixed64(2, Double.doubleToRawLongBits(countFloat));
        } else {
            checkIntegers(in);
            out.varint(1, count);
        }
        out.fixed64(3, Double.doubleToRawLongBits(sum));
        out.varint(4, (schema << 1 ^ schema >> 31) & 0xFFFF_FFFFL);
        out.fixed64(5, Double.doubleToRawLongBits(zeroThreshold));
        if (floats) {
            out.fixed64(7, Double.doubleToRawLongBits(zeroCountFloat));
        } else {
            out.varint(6, zeroCount);
        }
        negative.write(out, floats, 8, 9, 10);
        positive.write(out, floats, 11, 12, 13);
        if (gauge) {
            out.varint(14, RESET_HINT_GAUGE);
        }
    }

    private static void checkSpans(NativeBuckets side, WireCursor in) throws MalformedExposition {
        String fault = side.fault();
        if (!fault.isEmpty()) {
            throw in.malformed("a native histogram with " + fault, "spans upwards, as long as there are buckets");
        }
    }

    private void checkIntegers(WireCursor in) throws MalformedExposition {
        long up = positive.compactIntegers(0);
        long down = negative.compactIntegers(0);
        if (up < 0 || down < 0) {
            throw in.malformed("a native histogram with a negative count", "counts from 0");
        }
        long total = up + down + zeroCount;
        // Observations of NaN are in no bucket.
        if (total != count && !(Double.isNaN(sum) && Long.compareUnsigned(total, count) < 0)) {
            throw in.malformed(
                    "a native histogram with " + Long.toUnsignedString(total) + " observations in buckets",
                    "its count " + Long.toUnsignedString(count));
        }
    }

    private static int unzigzag(long value) {
        return (int) (value >>> 1) ^ -(int) (value & 1);
    }

    private static long unzigzag64(long value) {
        return value >>> 1 ^ -(value & 1);
    }
}
