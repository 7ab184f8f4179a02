package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.labels.LabelSet;
import java.util.Arrays;

/** Exemplars of each series, in the order of time. */
final class Exemplars implements LabelSet.Taker {
    private static final int NONE = SeriesTable.NONE;

    private int[] first = new int[256];
    private long[] value = new long[64];
    private long[] time = new long[64];
    private int[] next = new int[64];
    private int[] labelStart = new int[64];
    private int[] labelEnd = new int[64];
    private int[] labels = new int[256];
    private int labelsEnd;
    private int count;

    void clear() {
        count = 0;
        labelsEnd = 0;
    }

    /** Makes room for a series, which has none yet. */
    void begin(int series) {
        if (series >= first.length) {
            first = Arrays.copyOf(first, series * 2);
        }
        first[series] = NONE;
    }

    void add(int series, LabelSet set, long timeMillis, long valueBits) {
        if (count == value.length) {
            int larger = count * 2;
            value = Arrays.copyOf(value, larger);
            time = Arrays.copyOf(time, larger);
            next = Arrays.copyOf(next, larger);
            labelStart = Arrays.copyOf(labelStart, larger);
            labelEnd = Arrays.copyOf(labelEnd, larger);
        }
        value[count] = valueBits;
        time[count] = timeMillis;
        labelStart[count] = labelsEnd;
        set.forEach(this);
        labelEnd[count] = labelsEnd;
        insert(series, count++);
    }

    private void insert(int series, int exemplar) {
        int before = NONE;
        for (int at = first[series]; at != NONE && time[at] <= time[exemplar]; at = next[at]) {
            before = at;
        }
        if (before == NONE) {
            next[exemplar] = first[series];
            first[series] = exemplar;
        } else {
            next[exemplar] = next[before];
            next[before] = exemplar;
        }
    }

    @Override
    public void take(int nameSymbol, int valueSymbol) {
        if (labelsEnd + 2 > labels.length) {
            labels = Arrays.copyOf(labels, labels.length * 2);
        }
        labels[labelsEnd++] = nameSymbol;
        labels[labelsEnd++] = valueSymbol;
    }

    int first(int series) {
        return first[series];
    }

    int next(int exemplar) {
        return next[exemplar];
    }

    long value(int exemplar) {
        return value[exemplar];
    }

    long time(int exemplar) {
        return time[exemplar];
    }

    int labelStart(int exemplar) {
        return labelStart[exemplar];
    }

    int labelEnd(int exemplar) {
        return labelEnd[exemplar];
    }

    int label(int index) {
        return labels[index];
    }
}
