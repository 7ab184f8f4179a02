package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.WireCursor.FIXED64;
import static io.lightvessel.gateway.exposition.WireCursor.LEN;
import static io.lightvessel.gateway.exposition.WireCursor.VARINT;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import org.jspecify.annotations.Nullable;

/** Reads length-delimited messages {@code io.prometheus.client.MetricFamily}, the only format with native histograms. */
final class ProtobufParser implements ClassicParts {
    private static final int LONGEST_LENGTH = 5;
    private static final byte[] TOTAL = {'_', 't', 'o', 't', 'a', 'l'};
    /** Steps through a metric: the native histogram, count and sum come before the buckets or quantiles. */
    private static final int NATIVE = -3;

    private static final int COUNT = -2;
    private static final int SUM = -1;

    private final ParserOptions options;
    private final WireCursor stream = new WireCursor();
    private final WireCursor message = new WireCursor();
    private final CurrentFamily family = new CurrentFamily();
    private final Places metrics = new Places();
    private final ProtoMetric metric = new ProtoMetric();
    private final ProtoExemplars exemplars = new ProtoExemplars();
    private final ProtoKey key = new ProtoKey();
    /** The exemplar of the bucket read last. */
    private final Places found = new Places();

    private final ProtoWriter histogram = new ProtoWriter(256);
    private TextErrors errors = new TextErrors(new byte[0], 0, 0);
    private byte[] body = {};
    private ProtoType type = ProtoType.UNTYPED;
    private int nameFrom;
    private int nameTo;
    private int nextMetric;
    private int step;
    private boolean stepping;
    private Part part = Part.WHOLE;
    private double bound;
    private double value;

    ProtobufParser(ParserOptions options) {
        this.options = options;
    }

    @Override
    public void open(byte[] body, int start, int end) {
        this.body = body;
        stream.open(body, start, end);
        message.open(body, start, end);
        exemplars.open(body, start, end);
        family.open(body, CurrentFamily.Escapes.NONE);
        errors = new TextErrors(body, start, end);
        metrics.clear();
        nextMetric = 0;
        stepping = false;
    }

    @Override
    public Entry next() throws MalformedExposition {
        exemplars.clear();
        histogram.clear();
        while (true) {
            if (stepping) {
                return advance();
            }
            if (nextMetric < metrics.count()) {
                readMetric(nextMetric++);
            } else if (!stream.hasMore()) {
                return Entry.END;
            } else if (readFamily()) {
                return Entry.METADATA;
            }
        }
    }

    /** Reads what the family says of itself; false when it has no metrics. */
    private boolean readFamily() throws MalformedExposition {
        int from = stream.position();
        int to = stream.past();
        if (to - stream.lastLength() - from > LONGEST_LENGTH) {
            throw stream.malformed("a length of more than five bytes", "the length of a message");
        }
        message.enter(to - stream.lastLength(), to);
        metrics.clear();
        nextMetric = 0;
        nameFrom = to;
        nameTo = to;
        int helpFrom = to;
        int helpTo = to;
        int unitFrom = to;
        int unitTo = to;
        long kind = 0;
        for (int tag = message.tag(); tag != 0; tag = message.tag()) {
            switch (tag) {
                case 1 << 3 | LEN -> {
                    nameTo = message.past();
                    nameFrom = nameTo - message.lastLength();
                }
                case 2 << 3 | LEN -> {
                    helpTo = message.past();
                    helpFrom = helpTo - message.lastLength();
                }
                case 3 << 3 | VARINT -> kind = message.varint();
                case 4 << 3 | LEN -> metrics.add(message);
                case 5 << 3 | LEN -> {
                    unitTo = message.past();
                    unitFrom = unitTo - message.lastLength();
                }
                default -> {
                    if (tag >>> 3 <= 5) {
                        throw message.wrongType("field " + (tag >>> 3) + " of a family", tag);
                    }
                    message.skip(tag);
                }
            }
        }
        if (metrics.count() == 0) {
            return false;
        }
        if (nameFrom == nameTo || !Utf8.isValid(body, nameFrom, nameTo)) {
            throw message.malformed("a family without a name in UTF-8", "a name");
        }
        if (!Utf8.isValid(body, helpFrom, helpTo)) {
            throw message.malformed("a help text that is not valid UTF-8", "UTF-8");
        }
        ProtoType known = ProtoType.of(kind);
        if (known == null) {
            throw message.malformed("metric type " + kind, "0 to 5");
        }
        type = known;
        family.begin(nameFrom, nameTo);
        family.help(helpFrom, helpTo);
        family.type(type.type());
        checkUnit(unitFrom, unitTo);
        family.unit(unitFrom, unitTo);
        return true;
    }

    private void checkUnit(int from, int to) throws MalformedExposition {
        if (from == to) {
            return;
        }
        int end = type == ProtoType.COUNTER && Texts.endsWith(body, nameFrom, nameTo, TOTAL)
                ? nameTo - TOTAL.length
                : nameTo;
        if (!CurrentFamily.endsWithUnit(body, nameFrom, end, from, to)) {
            throw message.malformed(
                    "unit '" + errors.excerpt(from, to) + "' of '" + errors.excerpt(nameFrom, nameTo) + "'",
                    "what the metric name ends with, after '_'");
        }
    }

    private void readMetric(int index) throws MalformedExposition {
        message.enter(metrics.from(index), metrics.to(index));
        metric.spans.begin(nameFrom, nameTo);
        metric.read(message, type);
        key.begin(body, nameFrom, nameTo, metric.spans, NOTHING);
        stepping = true;
        step = type.isHistogram() && options.nativeHistograms() && metric.histogram.isNative() ? NATIVE : COUNT;
    }

    /** Tells the next of the entries that a metric stands for. */
    private Entry advance() throws MalformedExposition {
        bound = 0;
        if (!type.isHistogram() && type != ProtoType.SUMMARY) {
            stepping = false;
            part = Part.WHOLE;
            value = metric.number();
            for (int i = 0; i < metric.exemplars.count(); i++) {
                exemplars.add(metric.exemplars, i);
            }
        } else if (step == NATIVE) {
            nativeHistogram();
            key.finish(part.ordinal(), bound);
            return Entry.HISTOGRAM;
        } else if (step == COUNT) {
            part = Part.COUNT;
            value = metric.count();
        } else if (step == SUM) {
            part = Part.SUM;
            value = metric.sum();
            stepping = type.isHistogram() || metric.quantiles.count() > 0;
        } else if (type == ProtoType.SUMMARY) {
            part = Part.QUANTILE;
            pair(metric.quantiles.from(step), metric.quantiles.to(step));
            stepping = step + 1 < metric.quantiles.count();
        } else {
            bucket();
        }
        step++;
        key.finish(part.ordinal(), bound);
        return Entry.SAMPLE;
    }

    private void nativeHistogram() throws MalformedExposition {
        part = Part.WHOLE;
        metric.histogram.writeNative(histogram, type == ProtoType.GAUGE_HISTOGRAM, message);
        Places own = metric.histogram.exemplars;
        for (int i = 0; i < own.count(); i++) {
            exemplars.addTimed(own, i);
        }
        if (own.count() == 0) {
            for (int i = 0; i < metric.histogram.buckets.count(); i++) {
                pair(metric.histogram.buckets.from(i), metric.histogram.buckets.to(i));
                if (found.count() > 0) {
                    exemplars.addTimed(found, 0);
                }
            }
        }
        bound = 0;
        stepping = options.alwaysClassic() && metric.histogram.buckets.count() > 0;
        step = COUNT;
    }

    private void bucket() throws MalformedExposition {
        part = Part.BUCKET;
        if (step == metric.histogram.buckets.count()) {
            bound = Double.POSITIVE_INFINITY;
            value = metric.count();
            stepping = false;
        } else {
            pair(metric.histogram.buckets.from(step), metric.histogram.buckets.to(step));
            stepping = bound != Double.POSITIVE_INFINITY;
            if (found.count() > 0) {
                exemplars.add(found, 0);
            }
        }
    }

    /** Reads a bucket or a quantile. */
    private void pair(int from, int to) throws MalformedExposition {
        message.enter(from, to);
        found.clear();
        boolean summary = type == ProtoType.SUMMARY;
        long count = 0;
        double number = 0;
        bound = 0;
        for (int tag = message.tag(); tag != 0; tag = message.tag()) {
            switch (tag) {
                case 1 << 3 | VARINT -> count = message.varint();
                case 1 << 3 | FIXED64 -> bound = Double.longBitsToDouble(message.fixed64());
                case 2 << 3 | FIXED64 -> {
                    double second = Double.longBitsToDouble(message.fixed64());
                    number = summary ? second : number;
                    bound = summary ? bound : second;
                }
                case 3 << 3 | LEN -> {
                    found.clear();
                    found.add(message);
                }
                case 4 << 3 | FIXED64 -> number = Double.longBitsToDouble(message.fixed64());
                default -> message.skip(tag);
            }
        }
        value = number == 0 && !summary ? Floats.ofUnsigned(count) : number;
    }

    @Override
    public byte[] seriesArray() {
        return key.array();
    }

    @Override
    public int seriesStart() {
        return 0;
    }

    @Override
    public int seriesEnd() {
        return key.size();
    }

    @Override
    public void labels(LabelSink sink) throws MalformedExposition {
        metric.spans.tellRaw(body, part, bound, options.escaping(), sink, message);
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public byte[] histogramArray() {
        return histogram.array();
    }

    @Override
    public int histogramStart() {
        return 0;
    }

    @Override
    public int histogramEnd() {
        return histogram.size();
    }

    @Override
    public boolean hasTimestamp() {
        return metric.timestamp() != 0;
    }

    @Override
    public long timestamp() {
        return metric.timestamp();
    }

    @Override
    public long startTimestamp() {
        return metric.created();
    }

    @Override
    public int exemplars() {
        return exemplars.count();
    }

    @Override
    public void exemplar(int index, ExemplarSink sink) throws MalformedExposition {
        exemplars.tell(index, sink);
    }

    @Override
    public @Nullable MetricFamily family() {
        return family.family();
    }

    @Override
    public Part part() {
        return type == ProtoType.HISTOGRAM ? part : Part.WHOLE;
    }

    @Override
    public double bound() {
        return bound;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public SeriesSpans spans() {
        return metric.spans;
    }

    @Override
    public int baseNameTo() {
        return nameTo;
    }

    @Override
    public void tellBase(SeriesSpans remembered, LabelSink sink) throws MalformedExposition {
        remembered.tellRaw(body, Part.WHOLE, 0, options.escaping(), sink, message);
    }
}
