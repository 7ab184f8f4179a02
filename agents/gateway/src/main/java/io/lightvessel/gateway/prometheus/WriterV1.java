package io.lightvessel.gateway.prometheus;

import static io.lightvessel.gateway.prometheus.SeriesTable.NONE;

import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.BitSet;

/** Writes {@code prometheus.WriteRequest} of remote write 1.0. */
final class WriterV1 implements RequestWriter {
    private static final int TIME_SERIES = 1;
    private static final int METADATA = 3;
    private static final int LABEL = 1;
    private static final int SAMPLE = 2;
    private static final int EXEMPLAR = 3;
    private static final int HISTOGRAM = 4;

    private final boolean metadata;
    private final BitSet described = new BitSet();
    private final ProtoWriter out = new ProtoWriter(64 * 1024);
    private int points;
    private int samples;
    private int histograms;
    private int exemplars;

    WriterV1(boolean metadata) {
        this.metadata = metadata;
    }

    @Override
    public void begin(SeriesTable table) {
        described.clear();
    }

    @Override
    public int write(int from, SeriesTable table, int fullAt) {
        out.clear();
        points = 0;
        samples = 0;
        histograms = 0;
        exemplars = 0;
        int at = from;
        while (at < table.series() && (at == from || out.size() < fullAt)) {
            series(at, table);
            describe(table.family(at), table);
            at++;
        }
        return at;
    }

    private void series(int at, SeriesTable table) {
        Symbols symbols = table.symbols();
        int timeSeries = out.begin(TIME_SERIES);
        for (int i = table.labelStart(at); i < table.labelEnd(at); i += 2) {
            label(table.label(i), table.label(i + 1), symbols);
        }
        for (int i = table.firstSample(at); i != NONE; i = table.nextSample(i)) {
            if (table.isHistogram(i)) {
                int histogram = out.begin(HISTOGRAM);
                table.writeHistogram(i, out);
                out.varint(15, table.time(i));
                out.end(histogram);
                histograms++;
            } else {
                int sample = out.begin(SAMPLE);
                out.fixed64(1, table.value(i));
                out.varint(2, table.time(i));
                out.end(sample);
                samples++;
            }
        }
        Exemplars known = table.exemplars();
        for (int i = known.first(at); i != NONE; i = known.next(i)) {
            int exemplar = out.begin(EXEMPLAR);
            for (int label = known.labelStart(i); label < known.labelEnd(i); label += 2) {
                label(known.label(label), known.label(label + 1), symbols);
            }
            out.fixed64(2, known.value(i));
            out.varint(3, known.time(i));
            out.end(exemplar);
            exemplars++;
        }
        out.end(timeSeries);
        points += table.points(at);
    }

    private void label(int name, int value, Symbols symbols) {
        int label = out.begin(LABEL);
        symbols.write(name, 1, out);
        symbols.write(value, 2, out);
        out.end(label);
    }

    private void describe(int family, SeriesTable table) {
        if (!metadata || described.get(family)) {
            return;
        }
        described.set(family);
        Families families = table.families();
        int description = out.begin(METADATA);
        out.varint(1, families.type(family));
        table.symbols().write(families.name(family), 2, out);
        table.symbols().write(families.help(family), 4, out);
        table.symbols().write(families.unit(family), 5, out);
        out.end(description);
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
