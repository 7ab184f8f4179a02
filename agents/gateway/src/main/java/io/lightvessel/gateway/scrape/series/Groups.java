package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.MetricType;

/**
 * Tells which series are one classic histogram or summary: those of equal base name and labels, but for {@code le} and
 * {@code quantile}. A run of them counts as one record, for OTLP makes one data point of it.
 */
final class Groups {
    /** A series that stands for itself. */
    static final long NONE = 0;
    /** A series of native histograms. */
    static final long NATIVE = 1;

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final SymbolStore symbols;
    private final SeriesKey key = new SeriesKey();
    private final int name;
    private final int bound;
    private final int quantile;

    Groups(SymbolStore symbols) {
        this.symbols = symbols;
        this.name = symbols.intern(LabelBuffer.NAME);
        this.bound = symbols.intern("le");
        this.quantile = symbols.intern("quantile");
    }

    /** @param references symbols of names and values, in pairs */
    long of(MetricType type, int[] references, int count) {
        switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> {
                long sum = type.ordinal();
                for (int i = 0; i < count; i += 2) {
                    int label = references[i];
                    if (label == name) {
                        int from = symbols.textStart(references[i + 1]);
                        int to = from + symbols.textLength(references[i + 1]);
                        key.of(symbols.array(), from, baseEnd(type, symbols.array(), from, to));
                        sum = (sum ^ key.high) * MIX;
                    } else if (type == MetricType.SUMMARY ? label != quantile : label != bound) {
                        sum = (sum ^ ((long) label << 32 | references[i + 1])) * MIX;
                        sum ^= sum >>> 29;
                    }
                }
                return sum == NONE || sum == NATIVE ? MIX : sum;
            }
            case UNSPECIFIED, COUNTER, GAUGE, INFO, STATE_SET -> {
                return NONE;
            }
        }
        return NONE;
    }

    private static int baseEnd(MetricType type, byte[] bytes, int from, int to) {
        String[] suffixes = switch (type) {
            case HISTOGRAM -> HISTOGRAM;
            case GAUGE_HISTOGRAM -> GAUGE_HISTOGRAM;
            case UNSPECIFIED, COUNTER, GAUGE, SUMMARY, INFO, STATE_SET -> SUMMARY;
        };
        for (String suffix : suffixes) {
            if (endsWith(bytes, from, to, suffix)) {
                return to - suffix.length();
            }
        }
        return to;
    }

    private static final String[] HISTOGRAM = {"_bucket", "_count", "_sum", "_created"};
    private static final String[] GAUGE_HISTOGRAM = {"_bucket", "_gcount", "_gsum", "_count", "_sum", "_created"};
    private static final String[] SUMMARY = {"_count", "_sum", "_created"};

    private static boolean endsWith(byte[] bytes, int from, int to, String suffix) {
        int start = to - suffix.length();
        if (start < from) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (bytes[start + i] != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
