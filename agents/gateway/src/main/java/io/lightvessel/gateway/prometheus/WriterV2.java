package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.prometheus.SeriesTable.NONE;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/**
 * Writes {@code io.prometheus.write.v2.Request} of remote write 2.0. The payload's symbols become those of a request
 * when it first refers to them, by a table of numbers; no text is looked at again.
 */
final class WriterV2 implements RequestWriter {
    private static final int SYMBOLS = 4;
    private static final int TIME_SERIES = 5;
    private static final int LABELS = 1;
    private static final int SAMPLE = 2;
    private static final int HISTOGRAM = 3;
    private static final int EXEMPLAR = 4;
    private static final int METADATA = 5;

    private final ProtoWriter out = new ProtoWriter(64 * 1024);
    private final ProtoWriter series = new ProtoWriter(64 * 1024);
    /** The request's number of each of the payload's symbols, plus one; 0 for those it does not have yet. */
    private int[] references = new int[512];

    private int symbols;
    private int points;
    private int samples;
    private int histograms;
    private int exemplars;

    @Override
    public void begin(SeriesTable table) {
        if (references.length < table.symbols().count()) {
            references = new int[table.symbols().count() * 2];
        }
    }

    @Override
    public int write(int from, SeriesTable table, int fullAt) {
        out.clear();
        series.clear();
        Arrays.fill(references, 0, table.symbols().count(), 0);
        symbols = 0;
        points = 0;
        samples = 0;
        histograms = 0;
        exemplars = 0;
        reference(0, table);
        int at = from;
        while (at < table.series() && (at == from || out.size() + series.size() < fullAt)) {
            int kinds = table.kindsLeft(at);
            if ((kinds & SeriesTable.SAMPLES) != 0) {
                timeSeries(at, table, false, true);
            }
            if ((kinds & SeriesTable.HISTOGRAMS) != 0) {
                // One TimeSeries must not have both.
                timeSeries(at, table, true, kinds == SeriesTable.HISTOGRAMS);
            }
            points += table.points(at);
            at++;
        }
        out.raw(series.array(), 0, series.size());
        return at;
    }

    private void timeSeries(int at, SeriesTable table, boolean asHistograms, boolean withExemplars) {
        int timeSeries = series.begin(TIME_SERIES);
        int labels = series.begin(LABELS);
        for (int i = table.labelStart(at); i < table.labelEnd(at); i++) {
            series.varint(reference(table.label(i), table));
        }
        series.end(labels);
        for (int i = table.firstSample(at); i != NONE; i = table.nextSample(i)) {
            if (table.isHistogram(i) != asHistograms) {
                continue;
            }
            if (asHistograms) {
                int histogram = series.begin(HISTOGRAM);
                table.writeHistogram(i, series);
                series.varint(15, table.time(i));
                start(17, table.startTime(i));
                series.end(histogram);
                histograms++;
            } else {
                int sample = series.begin(SAMPLE);
                series.fixed64(1, table.value(i));
                series.varint(2, table.time(i));
                start(3, table.startTime(i));
                series.end(sample);
                samples++;
            }
        }
        if (withExemplars) {
            exemplars(at, table);
        }
        metadata(table.family(at), table);
        series.end(timeSeries);
    }

    private void start(int field, long millis) {
        if (millis != 0) {
            series.varint(field, millis);
        }
    }

    private void exemplars(int at, SeriesTable table) {
        Exemplars known = table.exemplars();
        for (int i = known.first(at); i != NONE; i = known.next(i)) {
            int exemplar = series.begin(EXEMPLAR);
            if (known.labelEnd(i) > known.labelStart(i)) {
                int labels = series.begin(LABELS);
                for (int label = known.labelStart(i); label < known.labelEnd(i); label++) {
                    series.varint(reference(known.label(label), table));
                }
                series.end(labels);
            }
            series.fixed64(2, known.value(i));
            series.varint(3, known.time(i));
            series.end(exemplar);
            exemplars++;
        }
    }

    private void metadata(int family, SeriesTable table) {
        Families families = table.families();
        int help = reference(families.help(family), table);
        int unit = reference(families.unit(family), table);
        int metadata = series.begin(METADATA);
        series.varint(1, families.type(family));
        if (help != 0) {
            series.varint(3, help);
        }
        if (unit != 0) {
            series.varint(4, unit);
        }
        series.end(metadata);
    }

    private int reference(int symbol, SeriesTable table) {
        int known = references[symbol];
        if (known != 0) {
            return known - 1;
        }
        table.symbols().write(symbol, SYMBOLS, out);
        references[symbol] = ++symbols;
        return symbols - 1;
    }

    @Override
    public ProtoWriter request() {
        return out;
    }

    @Override
    public Contents contents() {
        return new Contents(points, samples, histograms, exemplars);
    }
}
