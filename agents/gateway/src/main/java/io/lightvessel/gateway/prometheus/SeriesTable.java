package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.protobuf.ProtoWriter;
import java.util.Arrays;

/** Series by their labels, each with its samples in the order of time; reused from payload to payload. */
final class SeriesTable {
    private static final int SAMPLE = 2;
    private static final int HISTOGRAM = 4;
    private static final int NONE = -1;
    /** More than this is given back after use: one huge payload must not cost memory for ever. */
    private static final int KEPT_BYTES = 8 << 20;

    private ProtoWriter labels = new ProtoWriter(64 * 1024);
    private ProtoWriter histograms = new ProtoWriter(1024);
    private int[] slots = new int[1024];
    private int[] hash = new int[256];
    private int[] labelStart = new int[256];
    private int[] labelLength = new int[256];
    private int[] firstSample = new int[256];
    private int[] lastSample = new int[256];
    private int series;

    private long[] time = new long[512];
    private long[] value = new long[512];
    private int[] histogramLength = new int[512];
    private int[] nextSample = new int[512];
    private int samples;

    int series() {
        return series;
    }

    void clear() {
        if (labels.array().length > KEPT_BYTES) {
            labels = new ProtoWriter(64 * 1024);
        }
        if (histograms.array().length > KEPT_BYTES) {
            histograms = new ProtoWriter(1024);
        }
        labels.clear();
        histograms.clear();
        Arrays.fill(slots, 0);
        series = 0;
        samples = 0;
    }

    /** A sample; its value travels as bits, so that a staleness marker stays the NaN it is. */
    void add(LabelSet set, long timeMillis, long valueBits) {
        insert(find(set), timeMillis, valueBits, NONE);
    }

    /** Where a native histogram's fields are written before {@link #addHistogram} takes them over. */
    ProtoWriter histograms() {
        return histograms;
    }

    void addHistogram(LabelSet set, long timeMillis, int start) {
        insert(find(set), timeMillis, start, histograms.size() - start);
    }

    private int find(LabelSet set) {
        int start = labels.size();
        set.encode(labels);
        int length = labels.size() - start;
        int code = hash(start, length);
        int mask = slots.length - 1;
        int slot = code & mask;
        while (slots[slot] != 0) {
            int candidate = slots[slot] - 1;
            if (hash[candidate] == code && sameLabels(candidate, start, length)) {
                labels.truncate(start);
                return candidate;
            }
            slot = slot + 1 & mask;
        }
        return append(slot, code, start, length);
    }

    private int append(int slot, int code, int start, int length) {
        if (series == hash.length) {
            int larger = series * 2;
            hash = Arrays.copyOf(hash, larger);
            labelStart = Arrays.copyOf(labelStart, larger);
            labelLength = Arrays.copyOf(labelLength, larger);
            firstSample = Arrays.copyOf(firstSample, larger);
            lastSample = Arrays.copyOf(lastSample, larger);
        }
        hash[series] = code;
        labelStart[series] = start;
        labelLength[series] = length;
        firstSample[series] = NONE;
        lastSample[series] = NONE;
        slots[slot] = ++series;
        if (series * 2 > slots.length) {
            rehash();
        }
        return series - 1;
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

    private int hash(int start, int length) {
        int code = 1;
        byte[] bytes = labels.array();
        for (int i = start; i < start + length; i++) {
            code = 31 * code + bytes[i];
        }
        return code ^ code >>> 15;
    }

    private boolean sameLabels(int candidate, int start, int length) {
        return labelLength[candidate] == length
                && Arrays.equals(
                        labels.array(),
                        labelStart[candidate],
                        labelStart[candidate] + length,
                        labels.array(),
                        start,
                        start + length);
    }

    private void insert(int at, long timeMillis, long bits, int histogram) {
        int before = lastSample[at];
        if (before != NONE && time[before] >= timeMillis) {
            before = lastNotAfter(at, timeMillis);
            if (before != NONE && time[before] == timeMillis) {
                // One series has one value at a time; the later one in the payload is the newer.
                value[before] = bits;
                histogramLength[before] = histogram;
                return;
            }
        }
        int sample = newSample(timeMillis, bits, histogram);
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

    private int newSample(long timeMillis, long bits, int histogram) {
        if (samples == time.length) {
            int larger = samples * 2;
            time = Arrays.copyOf(time, larger);
            value = Arrays.copyOf(value, larger);
            histogramLength = Arrays.copyOf(histogramLength, larger);
            nextSample = Arrays.copyOf(nextSample, larger);
        }
        time[samples] = timeMillis;
        value[samples] = bits;
        histogramLength[samples] = histogram;
        return samples++;
    }

    /** Appends series to a WriteRequest, beginning with {@code from}, until it is full; returns where to go on. */
    int write(int from, ProtoWriter out, int fullAt) {
        int at = from;
        while (at < series && (at == from || out.size() < fullAt)) {
            int timeSeries = out.begin(1);
            out.raw(labels.array(), labelStart[at], labelLength[at]);
            for (int i = firstSample[at]; i != NONE; i = nextSample[i]) {
                if (histogramLength[i] == NONE) {
                    int sample = out.begin(SAMPLE);
                    out.fixed64(1, value[i]);
                    out.varint(2, time[i]);
                    out.end(sample);
                } else {
                    int histogram = out.begin(HISTOGRAM);
                    out.raw(histograms.array(), (int) value[i], histogramLength[i]);
                    out.varint(15, time[i]);
                    out.end(histogram);
                }
            }
            out.end(timeSeries);
            at++;
        }
        return at;
    }
}
