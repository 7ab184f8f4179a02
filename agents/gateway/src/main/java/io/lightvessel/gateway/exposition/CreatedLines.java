package io.lightvessel.gateway.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Finds out when series of OpenMetrics began: a later line of the same family, whose name ends with {@code _created},
 * says so. As in Prometheus only the next such line is looked at; each line is searched once, however many series ask.
 */
final class CreatedLines {
    private static final byte[] SUFFIX = "_created".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = {};

    private final OpenMetricsLabels labels;
    private final SeriesSpans spans = new SeriesSpans();
    private byte[] body = {};
    private int end;
    /** Where the next line stands that ends with the suffix, or else the next family begins. */
    private int searchedTo;

    private boolean found;
    private long millis;

    CreatedLines(OpenMetricsLabels labels) {
        this.labels = labels;
    }

    void open(byte[] body, int end) {
        this.body = body;
        this.end = end;
        searchedTo = -1;
        found = false;
    }

    static boolean isOne(MetricType type, byte[] body, SeriesSpans series) {
        return hasStart(type) && Texts.endsWith(body, series.nameFrom(), series.nameTo(), SUFFIX);
    }

    private static boolean hasStart(MetricType type) {
        return type == MetricType.COUNTER || type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
    }

    /** When the series began, milliseconds since 1970; 0 when nobody says so. {@code next} is where the next line begins. */
    long startOf(Sample sample, CurrentFamily family, int next) {
        if (!hasStart(sample.type)) {
            return 0;
        }
        if (next > searchedTo) {
            search(next);
        }
        return found && isOf(sample, family) ? millis : 0;
    }

    private void search(int from) {
        found = false;
        int line = from;
        while (line < end && body[line] != '#') {
            int name = line;
            while (name < end && Sample.is(body[name], Sample.NAME)) {
                name++;
            }
            if ((Texts.endsWith(body, line, name, SUFFIX) || name == line) && read(line, name)) {
                found = true;
                break;
            }
            while (line < end && body[line] != '\n') {
                line++;
            }
            line++;
        }
        searchedTo = line;
    }

    /** Reads the line if it is one; what is malformed is found again when its turn comes. */
    private boolean read(int line, int name) {
        try {
            int i = name;
            if (name == line) {
                if (body[line] != '{') {
                    return false;
                }
                spans.beginUnnamed();
                i = labels.read(line + 1, spans, false);
                if (!spans.isNamed() || !Texts.endsWith(body, spans.nameFrom(), spans.nameTo(), SUFFIX)) {
                    return false;
                }
            } else {
                spans.begin(line, name);
                if (i < end && body[i] == '{') {
                    i = labels.read(i + 1, spans, false);
                }
            }
            int to = TextNumbers.tokenEnd(body, i, end);
            double seconds = to < 0 ? 0 : Double.longBitsToDouble(Floats.bits(body, i + 1, to));
            millis = (long) (seconds * 1000);
            return true;
        } catch (MalformedExposition e) {
            return false;
        }
    }

    private boolean isOf(Sample sample, CurrentFamily family) {
        SeriesSpans series = sample.spans;
        int base = spans.nameTo() - SUFFIX.length - spans.nameFrom();
        if (!family.isCalled(spans.nameFrom(), spans.nameFrom() + base)
                || series.nameTo() - series.nameFrom() < base
                || !family.isCalled(series.nameFrom(), series.nameFrom() + base)) {
            return false;
        }
        return spans.hasLabelsBut(
                switch (sample.type) {
                    case SUMMARY -> SeriesSpans.QUANTILE;
                    case HISTOGRAM -> SeriesSpans.BUCKET;
                    default -> NONE;
                },
                body,
                series);
    }
}
