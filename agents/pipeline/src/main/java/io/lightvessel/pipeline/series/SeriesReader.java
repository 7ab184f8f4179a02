package io.lightvessel.pipeline.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Goes through the series of an {@code io.prometheus.write.v2.Request} and shows one at a time: labels as numbers of
 * symbols, samples as numbers, histograms and exemplars by where they lie. Checks on the way that everything is
 * well-formed and that every number is that of a symbol; makes no object per series.
 */
public final class SeriesReader {

    /** Metric types by their numbers. */
    public static final int COUNTER = 1;

    public static final int GAUGE = 2;
    public static final int HISTOGRAM = 3;
    public static final int GAUGE_HISTOGRAM = 4;
    public static final int SUMMARY = 5;
    public static final int INFO = 6;
    public static final int STATE_SET = 7;

    private static final int LEN = WireReader.LENGTH_DELIMITED;
    private static final int SERIES = 5 << 3 | LEN;
    private static final int LABEL = 1 << 3;
    private static final int LABELS = 1 << 3 | LEN;
    private static final int SAMPLE = 2 << 3 | LEN;
    private static final int HISTOGRAM_SAMPLE = 3 << 3 | LEN;
    private static final int EXEMPLAR = 4 << 3 | LEN;
    private static final int METADATA = 5 << 3 | LEN;
    private static final int VALUE = 1 << 3 | WireReader.FIXED64;

    private final ByteBuf bytes;
    private final WireReader reader;
    private final SymbolIndex symbols;

    private int start;
    private int end;
    private int[] labels = new int[64];
    private int labelCount;
    private long[] value = new long[4];
    private long[] time = new long[4];
    private long[] startTime = new long[4];
    private int samples;
    private final Ranges histograms = new Ranges();
    private final Ranges exemplars = new Ranges();
    private int type;
    private int help;
    private int unit;

    public SeriesReader(ByteBuf request) throws MalformedPayload {
        this.bytes = request;
        this.symbols = new SymbolIndex(request);
        this.reader = new WireReader(request);
    }

    /** Goes on to the next series; false when there is none. */
    public boolean next() throws MalformedPayload {
        while (reader.hasMore()) {
            int tag = reader.readTag();
            if (tag == SERIES) {
                int outer = reader.enter();
                read();
                reader.leave(outer);
                return true;
            }
            reader.skip(tag);
        }
        return false;
    }

    private void read() throws MalformedPayload {
        start = reader.position();
        end = reader.limit();
        labelCount = 0;
        samples = 0;
        histograms.clear();
        exemplars.clear();
        type = 0;
        help = 0;
        unit = 0;
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (tag) {
                case LABELS -> {
                    int outer = reader.enter();
                    while (reader.hasMore()) {
                        addLabel();
                    }
                    reader.leave(outer);
                }
                case LABEL -> addLabel();
                case SAMPLE -> sample();
                case HISTOGRAM_SAMPLE -> skipInto(histograms);
                case EXEMPLAR -> exemplar();
                case METADATA -> metadata();
                default -> reader.skip(tag);
            }
        }
        if (labelCount % 2 != 0) {
            throw new MalformedPayload("a series with " + labelCount + " label references (expected: pairs)");
        }
        if (samples > 0 && histograms.count() > 0) {
            throw new MalformedPayload("a series with samples and histograms (expected: one or the other)");
        }
    }

    private void addLabel() throws MalformedPayload {
        if (labelCount == labels.length) {
            labels = Arrays.copyOf(labels, labelCount * 2);
        }
        labels[labelCount++] = reference();
    }

    private int reference() throws MalformedPayload {
        long number = reader.readVarint();
        if (number < 0 || number >= symbols.count()) {
            throw new MalformedPayload("a reference to symbol " + Long.toUnsignedString(number) + " (expected: one of "
                    + symbols.count() + ")");
        }
        return (int) number;
    }

    private void sample() throws MalformedPayload {
        if (samples == value.length) {
            value = Arrays.copyOf(value, samples * 2);
            time = Arrays.copyOf(time, samples * 2);
            startTime = Arrays.copyOf(startTime, samples * 2);
        }
        value[samples] = 0;
        time[samples] = 0;
        startTime[samples] = 0;
        int outer = reader.enter();
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (tag) {
                case VALUE -> value[samples] = reader.readFixed64();
                case 2 << 3 -> time[samples] = reader.readVarint();
                case 3 << 3 -> startTime[samples] = reader.readVarint();
                default -> reader.skip(tag);
            }
        }
        reader.leave(outer);
        samples++;
    }

    private void skipInto(Ranges ranges) throws MalformedPayload {
        int outer = reader.enter();
        ranges.add(reader.position(), reader.limit());
        reader.skipRest();
        reader.leave(outer);
    }

    private void exemplar() throws MalformedPayload {
        int outer = reader.enter();
        exemplars.add(reader.position(), reader.limit());
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (tag) {
                case LABELS -> {
                    int message = reader.enter();
                    while (reader.hasMore()) {
                        reference();
                    }
                    reader.leave(message);
                }
                case LABEL -> reference();
                default -> reader.skip(tag);
            }
        }
        reader.leave(outer);
    }

    private void metadata() throws MalformedPayload {
        int outer = reader.enter();
        while (reader.hasMore()) {
            int tag = reader.readTag();
            switch (tag) {
                case 1 << 3 -> type = (int) reader.readVarint();
                case 3 << 3 -> help = reference();
                case 4 << 3 -> unit = reference();
                default -> reader.skip(tag);
            }
        }
        reader.leave(outer);
    }

    /** The request. */
    public ByteBuf bytes() {
        return bytes;
    }

    public SymbolIndex symbols() {
        return symbols;
    }

    /** Absolute index of the first byte of the current series' message. */
    public int start() {
        return start;
    }

    /** Absolute index behind its last byte. */
    public int end() {
        return end;
    }

    /** Symbols of names and values in turn, so twice as many as there are labels. */
    public int labels() {
        return labelCount;
    }

    public int label(int index) {
        return labels[index];
    }

    public int samples() {
        return samples;
    }

    /** A sample's value as bits, so that a staleness marker stays the NaN it is. */
    public long value(int sample) {
        return value[sample];
    }

    /** In milliseconds since the epoch. */
    public long time(int sample) {
        return time[sample];
    }

    /** When the counting of this value began, in milliseconds since the epoch; 0 when nobody said. */
    public long startTime(int sample) {
        return startTime[sample];
    }

    /** Where the messages of native histograms lie. */
    public Ranges histograms() {
        return histograms;
    }

    /** Where the messages of exemplars lie. */
    public Ranges exemplars() {
        return exemplars;
    }

    /** The type by number, 0 when it is not known. */
    public int type() {
        return type;
    }

    public int help() {
        return help;
    }

    public int unit() {
        return unit;
    }
}
