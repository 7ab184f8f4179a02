package io.lightvessel.gateway.prometheus;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.Numbers;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;

/** Writes {@code prometheus.WriteRequest}: numbers of symbols become texts again, start times have no place there. */
final class SeriesWriterV1 implements SeriesWriter {
    private static final int SERIES = 1;
    private static final int METADATA = 3;
    private static final int START_TIME = 17;

    private final ExternalLabels external;
    private final boolean withMetadata;
    private final Symbols described = new Symbols();
    private final Numbers labels = new Numbers();
    private final ProtoWriter out = new ProtoWriter(64 * 1024);

    SeriesWriterV1(ExternalLabels external, boolean withMetadata) {
        this.external = external;
        this.withMetadata = withMetadata;
    }

    @Override
    public void begin() {
        out.clear();
        described.clear();
    }

    @Override
    public Source source(SeriesReader reader, SeriesRuns runs) {
        return new Translation(reader, runs);
    }

    private final class Translation implements Source, ExternalLabels.Taker {
        private final SeriesReader reader;
        private final SeriesRuns runs;
        private final ProtoReader fields;

        Translation(SeriesReader reader, SeriesRuns runs) {
            this.reader = reader;
            this.runs = runs;
            this.fields = new ProtoReader(reader.bytes());
        }

        @Override
        public void own(int name, int value) {
            label(name, value);
        }

        @Override
        public void external(int index) {
            int label = out.begin(1);
            out.bytes(1, external.name(index), 0, external.name(index).length);
            out.bytes(2, external.value(index), 0, external.value(index).length);
            out.end(label);
        }

        @Override
        public void add() throws MalformedPayload {
            int timeSeries = out.begin(SERIES);
            external.merge(reader, this);
            for (int i = 0; i < reader.samples(); i++) {
                int sample = out.begin(2);
                out.fixed64(1, reader.value(i));
                out.varint(2, reader.time(i));
                out.end(sample);
            }
            for (int i = 0; i < reader.exemplars().count(); i++) {
                exemplar(reader.exemplars().from(i), reader.exemplars().to(i));
            }
            for (int i = 0; i < reader.histograms().count(); i++) {
                histogram(reader.histograms().from(i), reader.histograms().to(i));
            }
            out.end(timeSeries);
            if (withMetadata) {
                describe();
            }
        }

        private void label(int name, int value) {
            int label = out.begin(1);
            text(1, name, reader.symbols().length(name));
            text(2, value, reader.symbols().length(value));
            out.end(label);
        }

        private void text(int field, int symbol, int length) {
            out.tag(field, LEN);
            out.varint(length);
            out.raw(reader.bytes(), reader.symbols().start(symbol), length);
        }

        private void exemplar(int from, int to) throws MalformedPayload {
            fields.reset(from, to);
            labels.clear();
            int exemplar = out.begin(3);
            for (int tag = fields.tag(); tag != 0; tag = fields.tag()) {
                switch (tag) {
                    case 1 << 3 | LEN -> labels.packedVarints(fields);
                    case 1 << 3 | VARINT -> labels.add(fields.varint());
                    case 2 << 3 | FIXED64 -> out.fixed64(2, fields.fixed64());
                    case 3 << 3 | VARINT -> out.varint(3, fields.varint());
                    default -> fields.skipField(tag);
                }
            }
            for (int i = 0; i + 1 < labels.size(); i += 2) {
                label((int) labels.get(i), (int) labels.get(i + 1));
            }
            out.end(exemplar);
        }

        /** The same fields in both versions, but for the start time. */
        private void histogram(int from, int to) throws MalformedPayload {
            fields.reset(from, to);
            int histogram = out.begin(4);
            int start = from;
            for (int tag = fields.tag(); tag != 0; tag = fields.tag()) {
                fields.skipField(tag);
                if (tag >>> 3 != START_TIME) {
                    out.raw(reader.bytes(), start, fields.position() - start);
                }
                start = fields.position();
            }
            out.end(histogram);
        }

        private void describe() {
            int name = runs.name();
            int length = runs.baseLength();
            int before = described.count();
            int from = described.text().size();
            described.text().raw(reader.bytes(), reader.symbols().start(name), length);
            if (described.intern(from) < before) {
                return;
            }
            int metadata = out.begin(METADATA);
            out.varint(1, reader.type());
            text(2, name, length);
            if (reader.help() != 0) {
                text(4, reader.help(), reader.symbols().length(reader.help()));
            }
            if (reader.unit() != 0) {
                text(5, reader.unit(), reader.symbols().length(reader.unit()));
            }
            out.end(metadata);
        }
    }

    @Override
    public int size() {
        return out.size();
    }

    @Override
    public ProtoWriter finish() {
        return out;
    }
}
