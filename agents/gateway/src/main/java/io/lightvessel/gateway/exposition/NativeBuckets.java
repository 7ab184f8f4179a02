package io.lightvessel.gateway.exposition;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/** The buckets of one side of a native histogram: spans, and counts as differences or as doubles. */
final class NativeBuckets {
    private int[] offsets = new int[8];
    private long[] lengths = new long[8];
    private int spans;
    private long[] values = new long[32];
    private int count;

    private int[] outOffsets = new int[8];
    private int[] outLengths = new int[8];
    private int outSpans;
    private long[] outValues = new long[32];
    private int outCount;
    private long nextIndex;

    void clear() {
        spans = 0;
        count = 0;
    }

    boolean hasSpans() {
        return spans > 0;
    }

    void span(int offset, long length) {
        if (spans == offsets.length) {
            offsets = Arrays.copyOf(offsets, spans * 2);
            lengths = Arrays.copyOf(lengths, spans * 2);
        }
        offsets[spans] = offset;
        lengths[spans++] = length;
    }

    /** A difference to the bucket before, or the bits of a double. */
    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    /** The first thing that is wrong with them, or an empty text. */
    String fault() {
        long total = 0;
        long index = 0;
        for (int i = 0; i < spans; i++) {
            if (i > 0 && offsets[i] < 0) {
                return "span " + i + " with offset " + offsets[i];
            }
            total += lengths[i];
            index += offsets[i] + lengths[i];
            if (index > Integer.MAX_VALUE) {
                return "a bucket number beyond 31 bits";
            }
        }
        return total == count ? "" : "spans of " + total + " buckets and " + count + " counts";
    }

    /**
     * Leaves out empty buckets but for gaps up to {@code bridged}. Call after {@link #fault} found nothing.
     *
     * @return the sum of all buckets' counts; negative when one of them is
     */
    long compactIntegers(int bridged) {
        begin();
        long previous = 0;
        long sum = 0;
        long index = 0;
        int value = 0;
        for (int i = 0; i < spans; i++) {
            index += offsets[i];
            for (long n = lengths[i]; n > 0; n--) {
                previous += values[value++];
                if (previous < 0 || sum + previous < 0) {
                    return -1;
                }
                sum += previous;
                if (previous != 0) {
                    keep(index, previous, bridged);
                }
                index++;
            }
        }
        return sum;
    }

    /** The same for counts that are doubles; false when one is negative. */
    boolean compactFloats() {
        begin();
        long index = 0;
        int value = 0;
        for (int i = 0; i < spans; i++) {
            index += offsets[i];
            for (long n = lengths[i]; n > 0; n--) {
                double bucket = Double.longBitsToDouble(values[value]);
                if (bucket < 0) {
                    return false;
                }
                if (bucket != 0) {
                    keep(index, values[value], 0);
                }
                value++;
                index++;
            }
        }
        return true;
    }

    private void begin() {
        outSpans = 0;
        outCount = 0;
        nextIndex = 0;
    }

    private void keep(long index, long value, int bridged) {
        long gap = index - nextIndex;
        if (outSpans > 0 && gap <= bridged) {
            for (; gap > 0; gap--) {
                put(0);
            }
        } else {
            if (outSpans == outOffsets.length) {
                outOffsets = Arrays.copyOf(outOffsets, outSpans * 2);
                outLengths = Arrays.copyOf(outLengths, outSpans * 2);
            }
            outOffsets[outSpans] = (int) gap;
            outLengths[outSpans++] = 0;
        }
        put(value);
        nextIndex = index + 1;
    }

    private void put(long value) {
        if (outCount == outValues.length) {
            outValues = Arrays.copyOf(outValues, outCount * 2);
        }
        outValues[outCount++] = value;
        outLengths[outSpans - 1]++;
    }

    /** Writes what was kept as fields of {@code io.prometheus.write.v2.Histogram}. */
    void write(ProtoWriter out, boolean floats, int spanField, int deltaField, int countField) {
        for (int i = 0; i < outSpans; i++) {
            int span = out.begin(spanField);
            out.varint(1, (outOffsets[i] << 1 ^ outOffsets[i] >> 31) & 0xFFFF_FFFFL);
            out.varint(2, outLengths[i]);
            out.end(span);
        }
        if (outCount == 0) {
            return;
        }
        int packed = out.begin(floats ? countField : deltaField);
        long previous = 0;
        for (int i = 0; i < outCount; i++) {
            if (floats) {
                out.fixed64(outValues[i]);
            } else {
                long delta = outValues[i] - previous;
                out.varint(delta << 1 ^ delta >> 63);
                previous = outValues[i];
            }
        }
        out.end(packed);
    }
}
