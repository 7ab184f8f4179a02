package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/**
 * Series by their labels, each with its samples in the order of time; reused from payload to payload. Labels are pairs
 * of symbols, so that the table fits every version of the protocol.
 */
final class SeriesTable implements LabelSet.Taker {
    static final int NONE = -1;
    /** Bits of {@link #kindsLeft}. */
    static final int SAMPLES = 1;

    static final int HISTOGRAMS = 2;
    /** More than this is given back after use: one huge payload must not cost memory for ever. */
    private static final int KEPT_BYTES = 8 << 20;

    private static final int KEPT_SERIES = 1 << 17;

    private final Symbols symbols = new Symbols();
    private final Families families = new Families();
    private final Exemplars exemplars = new Exemplars();
    private ProtoWriter histograms = new ProtoWriter(1024);
    private int[] slots = new int[1024];
    private int[] labels = new int[8192];
    private int labelsEnd;
    private int[] hash = new int[256];
    private int[] labelStart = new int[256];
    private int[] labelEnd = new int[256];
    private int[] firstSample = new int[256];
    private int[] lastSample = new int[256];
    private int[] family = new int[256];
    private int[] points = new int[256];
    private byte[] kinds = new byte[256];
    private int series;

    private long[] time = new long[512];
    private long[] startTime = new long[512];
    private long[] value = new long[512];
    private int[] histogramLength = new int[512];
    private int[] nextSample = new int[512];
    private int samples;

    Symbols symbols() {
        return symbols;
    }

    Families families() {
        return families;
    }

    Exemplars exemplars() {
        return exemplars;
    }

    int series() {
        return series;
    }

    void clear() {
        if (histograms.array().length > KEPT_BYTES) {
            histograms = new ProtoWriter(1024);
        }
        if (hash.length > KEPT_SERIES) {
            slots = new int[1024];
            labels = new int[8192];
        }
        symbols.clear();
        families.clear();
        exemplars.clear();
        histograms.clear();
        Arrays.fill(slots, 0);
        labelsEnd = 0;
        series = 0;
        samples = 0;
    }

    /** A sample; its value travels as bits, so that a staleness marker stays the NaN it is. Returns the series. */
    int add(LabelSet set, int familyOf, long timeMillis, long startMillis, long valueBits) {
        int at = find(set, familyOf);
        kinds[at] |= SAMPLES;
        insert(at, timeMillis, startMillis, valueBits, NONE);
        return at;
    }

    /** Where a native histogram's fields are written before {@link #addHistogram} takes them over. */
    ProtoWriter histograms() {
        return histograms;
    }

    int addHistogram(LabelSet set, int familyOf, long timeMillis, long startMillis, int start) {
        int at = find(set, familyOf);
        kinds[at] |= HISTOGRAMS;
        insert(at, timeMillis, startMillis, start, histograms.size() - start);
        return at;
    }

    /** Says that one more data point of the payload is told by this series, and perhaps others. */
    void countPoint(int at) {
        points[at]++;
    }

    @Override
    public void take(int nameSymbol, int valueSymbol) {
        if (labelsEnd + 2 > labels.length) {
            labels = Arrays.copyOf(labels, labels.length * 2);
        }
        labels[labelsEnd++] = nameSymbol;
        labels[labelsEnd++] = valueSymbol;
    }

    private int find(LabelSet set, int familyOf) {
        int start = labelsEnd;
        set.forEach(this);
        int code = hash(start, labelsEnd);
        int mask = slots.length - 1;
        int slot = code & mask;
        while (slots[slot] != 0) {
            int candidate = slots[slot] - 1;
            if (hash[candidate] == code
                    && Arrays.equals(labels, labelStart[candidate], labelEnd[candidate], labels, start, labelsEnd)) {
                labelsEnd = start;
                return candidate;
            }
            slot = slot + 1 & mask;
        }
        return append(slot, code, start, familyOf);
    }

    private int append(int slot, int code, int start, int familyOf) {
        if (series == hash.length) {
            growSeries(series * 2);
        }
        hash[series] = code;
        labelStart[series] = start;
        labelEnd[series] = labelsEnd;
        firstSample[series] = NONE;
        lastSample[series] = NONE;
        family[series] = familyOf;
        points[series] = 0;
        kinds[series] = 0;
        exemplars.begin(series);
        slots[slot] = ++series;
        if (series * 2 > slots.length) {
            rehash();
        }
        return series - 1;
    }

    private void growSeries(int larger) {
        hash = Arrays.copyOf(hash, larger);
        labelStart = Arrays.copyOf(labelStart, larger);
        labelEnd = Arrays.copyOf(labelEnd, larger);
        firstSample = Arrays.copyOf(firstSample, larger);
        lastSample = Arrays.copyOf(lastSample, larger);
        family = Arrays.copyOf(family, larger);
        points = Arrays.copyOf(points, larger);
        kinds = Arrays.copyOf(kinds, larger);
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < series; i++) {
            int slot = hash[i] & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = i + 1;
        }
    }

    private int hash(int start, int end) {
        int code = 1;
        for (int i = start; i < end; i++) {
            code = (code ^ labels[i]) * 0x9E37_79B1;
            code ^= code >>> 15;
        }
        return code;
    }

    private void insert(int at, long timeMillis, long startMillis, long bits, int histogram) {
        int before = lastSample[at];
        if (before != NONE && time[before] >= timeMillis) {
            before = lastNotAfter(at, timeMillis);
            if (before != NONE && time[before] == timeMillis) {
                // One series has one value at a time; the later one in the payload is the newer.
                value[before] = bits;
                startTime[before] = startMillis;
                histogramLength[before] = histogram;
                return;
            }
        }
        int sample = newSample(timeMillis, startMillis, bits, histogram);
        if (before == NONE) {
            nextSample[sample] = firstSample[at];
            firstSample[at] = sample;
        } else {
            nextSample[sample] = nextSample[before];
            nextSample[before] = sample;
        }
        if (nextSample[sample] == NONE) {
            lastSample[at] = sample;
        }
    }

    private int lastNotAfter(int at, long timeMillis) {
        int found = NONE;
        for (int i = firstSample[at]; i != NONE && time[i] <= timeMillis; i = nextSample[i]) {
            found = i;
        }
        return found;
    }

    private int newSample(long timeMillis, long startMillis, long bits, int histogram) {
        if (samples == time.length) {
            int larger = samples * 2;
            time = Arrays.copyOf(time, larger);
            startTime = Arrays.copyOf(startTime, larger);
            value = Arrays.copyOf(value, larger);
            histogramLength = Arrays.copyOf(histogramLength, larger);
            nextSample = Arrays.copyOf(nextSample, larger);
        }
        time[samples] = timeMillis;
        startTime[samples] = startMillis;
        value[samples] = bits;
        histogramLength[samples] = histogram;
        return samples++;
    }

    int labelStart(int at) {
        return labelStart[at];
    }

    int labelEnd(int at) {
        return labelEnd[at];
    }

    /** The symbol at an index between {@link #labelStart} and {@link #labelEnd}: names at even steps, then values. */
    int label(int index) {
        return labels[index];
    }

    int family(int at) {
        return family[at];
    }

    int points(int at) {
        return points[at];
    }

    /** Of {@link #SAMPLES} and {@link #HISTOGRAMS}, what is left when later ones have replaced those of the same time. */
    int kindsLeft(int at) {
        if (kinds[at] != (SAMPLES | HISTOGRAMS)) {
            return kinds[at];
        }
        int left = 0;
        for (int i = firstSample[at]; i != NONE; i = nextSample[i]) {
            left |= isHistogram(i) ? HISTOGRAMS : SAMPLES;
        }
        return left;
    }

    int firstSample(int at) {
        return firstSample[at];
    }

    int nextSample(int sample) {
        return nextSample[sample];
    }

    boolean isHistogram(int sample) {
        return histogramLength[sample] != NONE;
    }

    long time(int sample) {
        return time[sample];
    }

    /** 0 when unknown or when the sample has no beginning, as gauges have none. */
    long startTime(int sample) {
        return startTime[sample];
    }

    long value(int sample) {
        return value[sample];
    }

    /** Appends the fields that a histogram has in both versions of the protocol, but for its times. */
    void writeHistogram(int sample, ProtoWriter out) {
        out.raw(histograms.array(), (int) value[sample], histogramLength[sample]);
    }
}
