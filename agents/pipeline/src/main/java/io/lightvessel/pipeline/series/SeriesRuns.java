package io.lightvessel.pipeline.series;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Recognizes the series that a classic histogram or a summary is made of. A run is a maximal sequence of consecutive
 * series with one sample each, of the same type, time, base name and labels apart from {@code le} and {@code quantile},
 * with at most one sum and one count; it is one record. {@code target_info} is none. Whatever else there is counts by its
 * samples and histograms.
 */
public final class SeriesRuns {

    /** What a series is to its run. */
    public enum Part {
        /** It stands for itself. */
        NONE,
        BUCKET,
        QUANTILE,
        SUM,
        COUNT
    }

    private static final byte[] NAME = bytes("__name__");
    private static final byte[] LE = bytes("le");
    private static final byte[] QUANTILE = bytes("quantile");
    private static final byte[] BUCKET = bytes("_bucket");
    private static final byte[] SUM = bytes("_sum");
    private static final byte[] COUNT = bytes("_count");
    private static final byte[] TARGET_INFO = bytes("target_info");
    private static final byte[] GAUGE_SUM = bytes("_gsum");
    private static final byte[] GAUGE_COUNT = bytes("_gcount");

    private final SeriesReader reader;
    private final SymbolIndex symbols;
    private final int nameLabel;
    private final int leLabel;
    private final int quantileLabel;

    private Part part = Part.NONE;
    private boolean continues;
    private int name;
    private int baseLength;
    private int bound;
    private int type;
    private long time;
    private int[] others = new int[64];
    private int otherCount;
    private int[] before = new int[64];
    private int beforeCount;
    private boolean hasSum;
    private boolean hasCount;

    public SeriesRuns(SeriesReader reader) {
        this.reader = reader;
        this.symbols = reader.symbols();
        this.nameLabel = symbols.find(NAME);
        this.leLabel = symbols.find(LE);
        this.quantileLabel = symbols.find(QUANTILE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Looks at the series that the reader shows; to be called for each in turn. Returns the records that begin here. */
    public int look() {
        int nameBefore = name;
        int lengthBefore = baseLength;
        int typeBefore = type;
        long timeBefore = time;
        boolean wasPart = part != Part.NONE;
        int[] swap = before;
        before = others;
        beforeCount = otherCount;
        others = swap;
        takeApart();
        continues = wasPart
                && part != Part.NONE
                && type == typeBefore
                && time == timeBefore
                && baseLength == lengthBefore
                && symbols.sharePrefix(name, nameBefore, baseLength)
                && Arrays.equals(others, 0, otherCount, before, 0, beforeCount)
                && !(part == Part.SUM && hasSum)
                && !(part == Part.COUNT && hasCount);
        hasSum = part == Part.SUM || continues && hasSum;
        hasCount = part == Part.COUNT || continues && hasCount;
        if (part != Part.NONE) {
            return continues ? 0 : 1;
        }
        return isTargetInfo() ? 0 : reader.samples() + reader.histograms().count();
    }

    private void takeApart() {
        name = 0;
        otherCount = 0;
        bound = 0;
        int le = 0;
        int quantile = 0;
        if (others.length < reader.labels()) {
            others = new int[reader.labels() * 2];
        }
        for (int i = 0; i < reader.labels(); i += 2) {
            int label = reader.label(i);
            int value = reader.label(i + 1);
            if (label == nameLabel) {
                name = value;
            } else if (label == leLabel) {
                le = value;
            } else if (label == quantileLabel) {
                quantile = value;
            } else {
                others[otherCount++] = label;
                others[otherCount++] = value;
            }
        }
        type = reader.type();
        part = reader.samples() == 1 && !isTargetInfo() ? part(le, quantile) : Part.NONE;
        time = part == Part.NONE ? 0 : reader.time(0);
        bound = part == Part.BUCKET ? le : part == Part.QUANTILE ? quantile : 0;
        if (part == Part.NONE && (le != 0 || quantile != 0)) {
            otherCount = 0;
            for (int i = 0; i < reader.labels(); i += 2) {
                if (reader.label(i) != nameLabel) {
                    others[otherCount++] = reader.label(i);
                    others[otherCount++] = reader.label(i + 1);
                }
            }
        }
    }

    private Part part(int le, int quantile) {
        boolean buckets = quantile == 0;
        return switch (type) {
            case SeriesReader.HISTOGRAM -> buckets ? histogramPart(le, SUM, COUNT) : Part.NONE;
            case SeriesReader.GAUGE_HISTOGRAM -> {
                Part found = buckets ? histogramPart(le, GAUGE_SUM, GAUGE_COUNT) : Part.NONE;
                yield found == Part.NONE && buckets ? histogramPart(le, SUM, COUNT) : found;
            }
            case SeriesReader.SUMMARY -> le == 0 ? summaryPart(quantile) : Part.NONE;
            default -> Part.NONE;
        };
    }

    private Part histogramPart(int le, byte[] sum, byte[] count) {
        if (le != 0) {
            return is(BUCKET) ? Part.BUCKET : Part.NONE;
        }
        return is(sum) ? Part.SUM : is(count) ? Part.COUNT : Part.NONE;
    }

    private Part summaryPart(int quantile) {
        if (quantile != 0) {
            baseLength = symbols.length(name);
            return Part.QUANTILE;
        }
        return is(SUM) ? Part.SUM : is(COUNT) ? Part.COUNT : Part.NONE;
    }

    private boolean is(byte[] suffix) {
        boolean is = symbols.endsWith(name, suffix);
        baseLength = is ? symbols.length(name) - suffix.length : baseLength;
        return is;
    }

    /** Whether the series is no telemetry but says whose the others are; so it is no record. */
    public boolean isTargetInfo() {
        return name != 0 && symbols.is(name, TARGET_INFO);
    }

    /** What the series is to its run. */
    public Part part() {
        return part;
    }

    /** Whether it belongs to the same run as the series before it. */
    public boolean continues() {
        return continues;
    }

    /** The symbol of its name, 0 when it has none. */
    public int name() {
        return name;
    }

    /** Length of the name without the suffix that makes it a part. */
    public int baseLength() {
        return part == Part.NONE ? symbols.length(name) : baseLength;
    }

    /** The symbol of a bucket's bound or of the quantile; 0 for other parts. */
    public int bound() {
        return bound;
    }

    /** Label symbols without the name, and without the bound of a part of a run; names and values in turn. */
    public int others() {
        return otherCount;
    }

    public int other(int index) {
        return others[index];
    }
}
