package io.lightvessel.gateway.prometheus;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;
import java.util.Arrays;

/**
 * Writes {@code io.prometheus.write.v2.Request}: a payload's symbols become those of the request when a series first
 * refers to them, so that several payloads share theirs and none is there that nobody refers to.
 */
final class SeriesWriterV2 implements SeriesWriter {
    private static final int SYMBOLS = 4;
    private static final int SERIES = 5;

    private final ExternalLabels external;
    private final Symbols symbols = new Symbols();
    private final ProtoWriter series = new ProtoWriter(64 * 1024);
    private final ProtoWriter out = new ProtoWriter(64 * 1024);
    private int request;

    SeriesWriterV2(ExternalLabels external) {
        this.external = external;
    }

    @Override
    public void begin() {
        symbols.clear();
        series.clear();
        request++;
    }

    @Override
    public Source source(SeriesReader reader, SeriesRuns runs) {
        return new Translation(reader);
    }

    private final class Translation implements Source, ExternalLabels.Taker {
        private final SeriesReader reader;
        private final ProtoReader fields;
        /** The request's number of each of the payload's symbols, plus one; 0 for those it does not have yet. */
        private final int[] known;

        private int knownTo = request;

        Translation(SeriesReader reader) {
            this.reader = reader;
            this.fields = new ProtoReader(reader.bytes());
            this.known = new int[reader.symbols().count()];
        }

        private int reference(int symbol) {
            int number = known[symbol];
            if (number != 0) {
                return number - 1;
            }
            int from = symbols.text().size();
            symbols.text()
                    .raw(
                            reader.bytes(),
                            reader.symbols().start(symbol),
                            reader.symbols().length(symbol));
            int interned = symbols.intern(from);
            known[symbol] = interned + 1;
            return interned;
        }

        @Override
        public void own(int name, int value) {
            series.varint(reference(name));
            series.varint(reference(value));
        }

        @Override
        public void external(int index) {
            series.varint(symbols.intern(external.name(index)));
            series.varint(symbols.intern(external.value(index)));
        }

        @Override
        public void add() throws MalformedPayload {
            if (knownTo != request) {
                Arrays.fill(known, 0);
                knownTo = request;
            }
            int timeSeries = series.begin(SERIES);
            int labels = series.begin(1);
            external.merge(reader, this);
            series.end(labels);
            for (int i = 0; i < reader.samples(); i++) {
                int sample = series.begin(2);
                series.fixed64(1, reader.value(i));
                series.varint(2, reader.time(i));
                if (reader.startTime(i) != 0) {
                    series.varint(3, reader.startTime(i));
                }
                series.end(sample);
            }
            for (int i = 0; i < reader.histograms().count(); i++) {
                int from = reader.histograms().from(i);
                int length = reader.histograms().to(i) - from;
                series.tag(3, LEN);
                series.varint(length);
                series.raw(reader.bytes(), from, length);
            }
            for (int i = 0; i < reader.exemplars().count(); i++) {
                exemplar(reader.exemplars().from(i), reader.exemplars().to(i));
            }
            int metadata = series.begin(5);
            series.varint(1, reader.type());
            if (reader.help() != 0) {
                series.varint(3, reference(reader.help()));
            }
            if (reader.unit() != 0) {
                series.varint(4, reference(reader.unit()));
            }
            series.end(metadata);
            series.end(timeSeries);
        }

        private void exemplar(int from, int to) throws MalformedPayload {
            fields.reset(from, to);
            int exemplar = series.begin(4);
            for (int tag = fields.tag(); tag != 0; tag = fields.tag()) {
                switch (tag) {
                    case 1 << 3 | LEN -> {
                        int outer = fields.enter();
                        int labels = series.begin(1);
                        while (fields.hasMore()) {
                            series.varint(reference((int) fields.varint()));
                        }
                        series.end(labels);
                        fields.leave(outer);
                    }
                    case 1 << 3 | VARINT -> series.varint(1, reference((int) fields.varint()));
                    case 2 << 3 | FIXED64 -> series.fixed64(2, fields.fixed64());
                    case 3 << 3 | VARINT -> series.varint(3, fields.varint());
                    default -> fields.skipField(tag);
                }
            }
            series.end(exemplar);
        }
    }

    @Override
    public int size() {
        // Each symbol has a tag and a length of one or two bytes beside its text.
        return series.size() + symbols.text().size() + 3 * symbols.count();
    }

    @Override
    public ProtoWriter finish() {
        out.clear();
        for (int i = 0; i < symbols.count(); i++) {
            symbols.write(i, SYMBOLS, out);
        }
        out.raw(series.array(), 0, series.size());
        return out;
    }
}
