package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;
import java.util.Arrays;

/** Puts the series of one classic histogram or summary together to one data point. */
final class ClassicPoint {

    private static final double NOTHING = Double.NaN;

    private final PointWriter points;
    private final ProtoWriter exemplars = new ProtoWriter(256);
    private ProtoWriter out = exemplars;
    private boolean isOpen;
    private boolean isSummary;
    private int mark;
    private long startMillis;
    private boolean stale;
    private boolean hasSum;
    private boolean hasCount;
    private double sum;
    private double count;
    private double[] bound = new double[32];
    private double[] value = new double[32];
    private int size;

    ClassicPoint(PointWriter points) {
        this.points = points;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Begins a point with the labels and the time of the series the reader shows, the first of its run. */
    void begin(SeriesReader reader, ProtoWriter target, boolean summary) {
        out = target;
        isOpen = true;
        isSummary = summary;
        mark = points.begin(out, summary ? 7 : 9);
        out.fixed64(3, reader.time(0) * 1_000_000L);
        startMillis = 0;
        stale = false;
        hasSum = false;
        hasCount = false;
        sum = 0;
        count = 0;
        size = 0;
        exemplars.clear();
    }

    void add(SeriesReader reader, SeriesRuns runs) throws MalformedPayload {
        long bits = reader.value(0);
        double number = Double.longBitsToDouble(bits);
        stale |= bits == PointWriter.STALE;
        startMillis = Math.max(startMillis, reader.startTime(0));
        switch (runs.part()) {
            case SUM -> {
                hasSum = true;
                sum = number;
            }
            case COUNT -> {
                hasCount = true;
                count = number;
            }
            default -> {
                double limit = parse(reader.symbols().text(runs.bound()));
                if (!Double.isNaN(limit)) {
                    put(limit, number);
                }
            }
        }
        if (!isSummary) {
            points.exemplars(exemplars, 8);
        }
    }

    private static double parse(String text) {
        try {
            return switch (text) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            // Nobody can say where that bucket lies, so its count stays in the one above.
            return NOTHING;
        }
    }

    /** Keeps bounds sorted; they come sorted from any client library. Of two values for one bound the later stays. */
    private void put(double limit, double number) {
        int at = size;
        while (at > 0 && bound[at - 1] > limit) {
            at--;
        }
        if (at > 0 && bound[at - 1] == limit) {
            value[at - 1] = number;
            return;
        }
        if (size == bound.length) {
            bound = Arrays.copyOf(bound, size * 2);
            value = Arrays.copyOf(value, size * 2);
        }
        System.arraycopy(bound, at, bound, at + 1, size - at);
        System.arraycopy(value, at, value, at + 1, size - at);
        bound[at] = limit;
        value[at] = number;
        size++;
    }

    void finish() {
        isOpen = false;
        if (startMillis != 0) {
            out.fixed64(2, startMillis * 1_000_000L);
        }
        if (stale) {
            out.varint(isSummary ? 8 : 10, PointWriter.NO_RECORDED_VALUE);
        } else if (isSummary) {
            summary();
        } else {
            histogram();
        }
        out.end(mark);
    }

    private void summary() {
        out.fixed64(4, number(count));
        out.fixed64(5, Double.doubleToRawLongBits(sum));
        for (int i = 0; i < size; i++) {
            int quantile = out.begin(6);
            out.fixed64(1, Double.doubleToRawLongBits(bound[i]));
            out.fixed64(2, Double.doubleToRawLongBits(value[i]));
            out.end(quantile);
        }
    }

    private void histogram() {
        boolean infinite = size > 0 && bound[size - 1] == Double.POSITIVE_INFINITY;
        int bounds = infinite ? size - 1 : size;
        long last = size == 0 ? 0 : number(value[size - 1]);
        // Without a count, the last bucket has counted everything that was told.
        long all = hasCount ? number(count) : last;
        out.fixed64(4, all);
        if (hasSum) {
            out.fixed64(5, Double.doubleToRawLongBits(sum));
        }
        if (size > 0) {
            out.tag(6, ProtoWriter.LEN);
            out.varint(8L * (bounds + 1));
            long before = 0;
            for (int i = 0; i < bounds; i++) {
                long upTo = number(value[i]);
                out.fixed64(Math.max(0, upTo - before));
                before = Math.max(before, upTo);
            }
            out.fixed64(Math.max(0, all - before));
            out.tag(7, ProtoWriter.LEN);
            out.varint(8L * bounds);
            for (int i = 0; i < bounds; i++) {
                out.fixed64(Double.doubleToRawLongBits(bound[i]));
            }
        }
        out.raw(exemplars.array(), 0, exemplars.size());
    }

    private static long number(double value) {
        return Double.isNaN(value) ? 0 : Math.max(0, Math.round(value));
    }
}
