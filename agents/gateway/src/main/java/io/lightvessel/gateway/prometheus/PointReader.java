package io.lightvessel.gateway.prometheus;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.AttributeSpan;
import io.lightvessel.gateway.labels.AttributeText;
import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Numbers;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private static final int START = 2 << 3 | FIXED64;
    private static final int TIME = 3 << 3 | FIXED64;

    private final LabelSet labels;
    private final SeriesTable table;
    private final Symbols symbols;
    private final ExemplarReader exemplars;
    private final AttributeSpan attribute = new AttributeSpan();
    private final NativeHistogram nativeHistogram = new NativeHistogram();
    private final Numbers counts = new Numbers();
    private final Numbers bounds = new Numbers();
    private final Map<Long, byte[]> boundTexts = new HashMap<>();
    private long[] boundBits = new long[32];
    private int[] boundSymbols = new int[32];
    private final Numbers bucketSeries = new Numbers();
    private int family;
    private boolean counting;
    private int bareName;
    private int bucketName;
    private int sumName;
    private int countName;
    private int nameSymbol;
    private int leSymbol;
    private int quantileSymbol;
    private long latestMillis;
    private long nanos;
    private long startNanos;
    private boolean stale;
    private int told;

    PointReader(LabelSet labels, SeriesTable table, boolean sanitizing) {
        this.labels = labels;
        this.table = table;
        this.symbols = table.symbols();
        this.exemplars = new ExemplarReader(symbols, sanitizing);
    }

    /** To be called for each payload, for then its symbols begin anew. */
    void beginPayload() {
        Arrays.fill(boundSymbols, 0);
        nameSymbol = symbols.intern(ResourceLabels.NAME);
        leSymbol = symbols.intern(LE);
        quantileSymbol = symbols.intern(QUANTILE);
    }

    /**
     * Says to which metric the points that follow belong.
     *
     * @param name a symbol
     * @param counts whether values add up since a beginning, as those of gauges do not
     */
    void beginMetric(int name, int familyOf, boolean counts) {
        bareName = name;
        family = familyOf;
        counting = counts;
        bucketName = 0;
        sumName = 0;
        countName = 0;
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
    Unconvertible number(ProtoReader reader) throws MalformedPayload {
        int mark = begin();
        boolean hasValue = false;
        double value = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case START -> startNanos = reader.fixed64();
                case TIME -> nanos = reader.fixed64();
                case 4 << 3 | FIXED64 -> {
                    value = Double.longBitsToDouble(reader.fixed64());
                    hasValue = true;
                }
                case 6 << 3 | FIXED64 -> {
                    value = reader.fixed64();
                    hasValue = true;
                }
                case 5 << 3 | LEN -> exemplars.note(reader);
                case 7 << 3 | LEN -> attribute(reader);
                case 8 << 3 | VARINT -> flags(reader);
                default -> reader.skipField(tag);
            }
        }
        if (nanos == 0 || !hasValue && !stale) {
            labels.reset(mark);
            return nanos == 0 ? Unconvertible.NO_TIMESTAMP : Unconvertible.NO_VALUE;
        }
        int series = emit(bareName, Double.doubleToRawLongBits(value));
        if (counting) {
            allExemplars(reader, series);
        }
        labels.reset(mark);
        return null;
    }

    @Nullable
    Unconvertible histogram(ProtoReader reader) throws MalformedPayload {
        int mark = begin();
        long count = 0;
        boolean hasSum = false;
        long sum = 0;
        counts.clear();
        bounds.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case START -> startNanos = reader.fixed64();
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
                case 8 << 3 | LEN -> exemplars.note(reader);
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
            emit(sumName(), sum);
        }
        emit(countName(), unsigned(count));
        bucketSeries.clear();
        long cumulative = 0;
        for (int i = 0; i < bounds.size(); i++) {
            cumulative += i < counts.size() ? counts.get(i) : 0;
            bucket(boundSymbol(i), cumulative);
        }
        bucket(symbols.intern(INFINITE), count);
        bucketExemplars(reader);
        labels.reset(mark);
        return null;
    }

    private void bucket(int bound, long count) {
        int mark = labels.mark();
        labels.add(leSymbol, bound, LabelSet.OWN);
        bucketSeries.add(emit(bucketName(), unsigned(count)));
        labels.reset(mark);
    }

    /** An exemplar belongs to the first bucket that holds its value. */
    private void bucketExemplars(ProtoReader reader) throws MalformedPayload {
        int end = reader.position();
        for (int i = 0; i < exemplars.size(); i++) {
            exemplars.read(reader, i, millis());
            int bucket = 0;
            while (bucket < bounds.size() && exemplars.value() > Double.longBitsToDouble(bounds.get(bucket))) {
                bucket++;
            }
            exemplars.addTo(table.exemplars(), (int) bucketSeries.get(bucket));
        }
        reader.reset(end, end);
    }

    private void allExemplars(ProtoReader reader, int series) throws MalformedPayload {
        int end = reader.position();
        for (int i = 0; i < exemplars.size(); i++) {
            exemplars.read(reader, i, millis());
            exemplars.addTo(table.exemplars(), series);
        }
        reader.reset(end, end);
    }

    @Nullable
    Unconvertible exponential(ProtoReader reader) throws MalformedPayload {
        int mark = begin();
        nativeHistogram.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | LEN -> attribute(reader);
                case START -> startNanos = reader.fixed64();
                case TIME -> nanos = reader.fixed64();
                case 10 << 3 | VARINT -> flags(reader);
                case 11 << 3 | LEN -> exemplars.note(reader);
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
            labels.add(nameSymbol, bareName, LabelSet.OWN);
            int start = table.histograms().size();
            nativeHistogram.write(table.histograms(), stale);
            int series = table.addHistogram(labels, family, millis(), startMillis(), start);
            table.countPoint(series);
            allExemplars(reader, series);
        }
        labels.reset(mark);
        return objection;
    }

    @Nullable
    Unconvertible summary(ProtoReader reader) throws MalformedPayload {
        int mark = begin();
        long count = 0;
        long sum = 0;
        bounds.clear();
        counts.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case START -> startNanos = reader.fixed64();
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
        emit(sumName(), sum);
        emit(countName(), unsigned(count));
        for (int i = 0; i < bounds.size(); i++) {
            int quantile = labels.mark();
            labels.add(quantileSymbol, boundSymbol(i), LabelSet.OWN);
            emit(bareName, counts.get(i));
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

    private int begin() {
        nanos = 0;
        startNanos = 0;
        stale = false;
        told = 0;
        exemplars.clear();
        return labels.mark();
    }

    private void flags(ProtoReader reader) throws MalformedPayload {
        stale = (reader.varint() & FLAG_NO_VALUE) != 0;
    }

    private void attribute(ProtoReader reader) throws MalformedPayload {
        attribute.enter(reader);
        attribute.addTo(labels, reader, LabelSet.POINT);
        attribute.leave(reader);
    }

    private int emit(int name, long valueBits) {
        int mark = labels.mark();
        labels.add(nameSymbol, name, LabelSet.OWN);
        int series = table.add(labels, family, millis(), startMillis(), stale ? STALE : valueBits);
        labels.reset(mark);
        if (told++ == 0) {
            table.countPoint(series);
        }
        return series;
    }

    private int bucketName() {
        return bucketName == 0 ? bucketName = name(BUCKET) : bucketName;
    }

    private int sumName() {
        return sumName == 0 ? sumName = name(SUM) : sumName;
    }

    private int countName() {
        return countName == 0 ? countName = name(COUNT) : countName;
    }

    private int name(byte[] suffix) {
        ProtoWriter text = symbols.text();
        int from = text.size();
        text.raw(symbols.array(), symbols.start(bareName), symbols.length(bareName));
        text.raw(suffix, 0, suffix.length);
        return symbols.intern(from);
    }

    /** A beginning that lies after the sample is a mistake, and Prometheus refuses it. */
    private long startMillis() {
        long millis = counting ? Long.divideUnsigned(startNanos, 1_000_000) : 0;
        return millis <= Long.divideUnsigned(nanos, 1_000_000) ? millis : 0;
    }

    private long millis() {
        long millis = Long.divideUnsigned(nanos, 1_000_000);
        latestMillis = Math.max(latestMillis, millis);
        return millis;
    }

    /** Points of a metric mostly have the same bounds, so the symbols of the last point's are kept. */
    private int boundSymbol(int index) {
        if (index >= boundSymbols.length) {
            boundSymbols = Arrays.copyOf(boundSymbols, index * 2);
            boundBits = Arrays.copyOf(boundBits, index * 2);
        }
        long bits = bounds.get(index);
        if (boundSymbols[index] == 0 || boundBits[index] != bits) {
            boundSymbols[index] = symbols.intern(boundText(bits));
            boundBits[index] = bits;
        }
        return boundSymbols[index];
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
