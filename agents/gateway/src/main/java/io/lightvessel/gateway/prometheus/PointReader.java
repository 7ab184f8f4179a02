package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.gateway.protobuf.ProtoWriter.LEN;
import static io.lightvessel.gateway.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.protobuf.ProtoReader;
import io.lightvessel.pipeline.MalformedPayload;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns data points into samples: one for a number, several for histograms and summaries. */
final class PointReader {
    /** The NaN that tells Prometheus a series has ended; any other bits would be an ordinary value. */
    static final long STALE = 0x7FF0_0000_0000_0002L;

    private static final int FLAG_NO_VALUE = 1;
    private static final int MOST_BOUNDS_REMEMBERED = 4096;
    private static final byte[] LE = bytes("le");
    private static final byte[] QUANTILE = bytes("quantile");
    private static final byte[] INFINITE = bytes("+Inf");
    private static final byte[] BUCKET = bytes("_bucket");
    private static final byte[] SUM = bytes("_sum");
    private static final byte[] COUNT = bytes("_count");

    // Fields that all points or most of them share, with the numbers they have in their own messages.
    private static final int TIME = 3 << 3 | FIXED64;

    private final LabelSet labels;
    private final SeriesTable table;
    private final NativeHistogram nativeHistogram = new NativeHistogram();
    private final Numbers counts = new Numbers();
    private final Numbers bounds = new Numbers();
    private final Map<Long, byte[]> boundTexts = new HashMap<>();
    private byte[] name = new byte[256];
    private int nameLength;
    private long latestMillis;
    private long nanos;
    private boolean stale;

    PointReader(LabelSet labels, SeriesTable table) {
        this.labels = labels;
        this.table = table;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void beginResource() {
        latestMillis = 0;
    }

    /** The time of the resource's newest point so far. */
    long latestMillis() {
        return latestMillis;
    }

    @Nullable
    Unconvertible number(ProtoReader reader, byte[] series) throws MalformedPayload {
        long mark = begin();
        boolean hasValue = false;
        double value = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case TIME -> nanos = reader.fixed64();
                case 4 << 3 | FIXED64 -> {
                    value = Double.longBitsToDouble(reader.fixed64());
                    hasValue = true;
                }
                case 6 << 3 | FIXED64 -> {
                    value = reader.fixed64();
                    hasValue = true;
                }
                case 7 << 3 | LEN -> attribute(reader);
                case 8 << 3 | VARINT -> flags(reader);
                default -> reader.skipField(tag);
            }
        }
        if (nanos == 0 || !hasValue && !stale) {
            labels.reset(mark);
            return nanos == 0 ? Unconvertible.NO_TIMESTAMP : Unconvertible.NO_VALUE;
        }
        emit(series, new byte[0], Double.doubleToRawLongBits(value));
        labels.reset(mark);
        return null;
    }

    @Nullable
    Unconvertible histogram(ProtoReader reader, byte[] series) throws MalformedPayload {
        long mark = begin();
        long count = 0;
        boolean hasSum = false;
        long sum = 0;
        counts.clear();
        bounds.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case TIME -> nanos = reader.fixed64();
                case 4 << 3 | FIXED64 -> count = reader.fixed64();
                case 5 << 3 | FIXED64 -> {
                    sum = reader.fixed64();
                    hasSum = true;
                }
                case 6 << 3 | LEN -> counts.packed(reader);
                case 6 << 3 | FIXED64 -> counts.add(reader.fixed64());
                case 7 << 3 | LEN -> bounds.packed(reader);
                case 7 << 3 | FIXED64 -> bounds.add(reader.fixed64());
                case 9 << 3 | LEN -> attribute(reader);
                case 10 << 3 | VARINT -> flags(reader);
                default -> reader.skipField(tag);
            }
        }
        if (nanos == 0) {
            labels.reset(mark);
            return Unconvertible.NO_TIMESTAMP;
        }
        if (hasSum || stale) {
            emit(series, SUM, sum);
        }
        emit(series, COUNT, unsigned(count));
        long cumulative = 0;
        for (int i = 0; i < bounds.size(); i++) {
            cumulative += i < counts.size() ? counts.get(i) : 0;
            bucket(series, boundText(bounds.get(i)), cumulative);
        }
        bucket(series, INFINITE, count);
        labels.reset(mark);
        return null;
    }

    private void bucket(byte[] series, byte[] bound, long count) {
        long mark = labels.mark();
        labels.add(LE, bound, LabelSet.OWN);
        emit(series, BUCKET, unsigned(count));
        labels.reset(mark);
    }

    @Nullable
    Unconvertible exponential(ProtoReader reader, byte[] series) throws MalformedPayload {
        long mark = begin();
        nativeHistogram.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | LEN -> attribute(reader);
                case TIME -> nanos = reader.fixed64();
                case 10 << 3 | VARINT -> flags(reader);
                default -> {
                    if (!nativeHistogram.read(tag, reader)) {
                        reader.skipField(tag);
                    }
                }
            }
        }
        Unconvertible objection = nanos == 0
                ? Unconvertible.NO_TIMESTAMP
                : nativeHistogram.isTooCoarse() ? Unconvertible.SCALE_TOO_COARSE : null;
        if (objection == null) {
            name(series, new byte[0]);
            int start = table.histograms().size();
            nativeHistogram.write(table.histograms(), stale);
            table.addHistogram(labels, millis(), start);
        }
        labels.reset(mark);
        return objection;
    }

    @Nullable
    Unconvertible summary(ProtoReader reader, byte[] series) throws MalformedPayload {
        long mark = begin();
        long count = 0;
        long sum = 0;
        bounds.clear();
        counts.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case TIME -> nanos = reader.fixed64();
                case 4 << 3 | FIXED64 -> count = reader.fixed64();
                case 5 << 3 | FIXED64 -> sum = reader.fixed64();
                case 6 << 3 | LEN -> quantile(reader);
                case 7 << 3 | LEN -> attribute(reader);
                case 8 << 3 | VARINT -> flags(reader);
                default -> reader.skipField(tag);
            }
        }
        if (nanos == 0) {
            labels.reset(mark);
            return Unconvertible.NO_TIMESTAMP;
        }
        emit(series, SUM, sum);
        emit(series, COUNT, unsigned(count));
        for (int i = 0; i < bounds.size(); i++) {
            long quantile = labels.mark();
            labels.add(QUANTILE, boundText(bounds.get(i)), LabelSet.OWN);
            emit(series, new byte[0], counts.get(i));
            labels.reset(quantile);
        }
        labels.reset(mark);
        return null;
    }

    private void quantile(ProtoReader reader) throws MalformedPayload {
        long quantile = 0;
        long value = 0;
        int outer = reader.enter();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | FIXED64 -> quantile = reader.fixed64();
                case 2 << 3 | FIXED64 -> value = reader.fixed64();
                default -> reader.skipField(tag);
            }
        }
        reader.leave(outer);
        bounds.add(quantile);
        counts.add(value);
    }

    private long begin() {
        nanos = 0;
        stale = false;
        return labels.mark();
    }

    private void flags(ProtoReader reader) throws MalformedPayload {
        stale = (reader.varint() & FLAG_NO_VALUE) != 0;
    }

    private void attribute(ProtoReader reader) throws MalformedPayload {
        int outer = reader.enter();
        int keyStart = 0;
        int keyLength = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (1 << 3 | LEN)) {
                keyLength = reader.length();
                keyStart = reader.position();
                reader.skip(keyLength);
            } else if (tag == (2 << 3 | LEN)) {
                int attribute = reader.enter();
                int at = labels.beginAttribute(reader.bytes(), keyStart, keyLength, LabelSet.POINT);
                AttributeText.append(reader, labels.text());
                labels.end(at);
                reader.leave(attribute);
            } else {
                reader.skipField(tag);
            }
        }
        reader.leave(outer);
    }

    private void emit(byte[] series, byte[] suffix, long valueBits) {
        long mark = labels.mark();
        name(series, suffix);
        table.add(labels, millis(), stale ? STALE : valueBits);
        labels.reset(mark);
    }

    private void name(byte[] series, byte[] suffix) {
        nameLength = series.length + suffix.length;
        if (name.length < nameLength) {
            name = new byte[nameLength * 2];
        }
        System.arraycopy(series, 0, name, 0, series.length);
        System.arraycopy(suffix, 0, name, series.length, suffix.length);
        labels.add(ResourceLabels.NAME, name, 0, nameLength, LabelSet.OWN);
    }

    private long millis() {
        long millis = Long.divideUnsigned(nanos, 1_000_000);
        latestMillis = Math.max(latestMillis, millis);
        return millis;
    }

    private byte[] boundText(long bits) {
        if (boundTexts.size() >= MOST_BOUNDS_REMEMBERED) {
            boundTexts.clear();
        }
        return boundTexts.computeIfAbsent(bits, key -> bytes(AttributeText.number(Double.longBitsToDouble(key))));
    }

    private static long unsigned(long count) {
        double value = count >= 0 ? count : (count >>> 1) * 2.0;
        return Double.doubleToRawLongBits(value);
    }
}
