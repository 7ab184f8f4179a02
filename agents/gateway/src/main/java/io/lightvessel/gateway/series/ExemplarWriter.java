package io.lightvessel.gateway.series;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.gateway.labels.Numbers;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SymbolIndex;
import java.nio.charset.StandardCharsets;

/** Writes a series' exemplars as OTLP has them: {@code trace_id} and {@code span_id} become what they name. */
final class ExemplarWriter {

    private static final byte[] TRACE = "trace_id".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SPAN = "span_id".getBytes(StandardCharsets.UTF_8);

    private final SeriesReader series;
    private final SymbolIndex symbols;
    private final ProtoReader reader;
    private final Numbers labels = new Numbers();

    ExemplarWriter(SeriesReader series) {
        this.series = series;
        this.symbols = series.symbols();
        this.reader = new ProtoReader(series.bytes());
    }

    void write(ProtoWriter out, int field) throws MalformedPayload {
        for (int i = 0; i < series.exemplars().count(); i++) {
            reader.reset(series.exemplars().from(i), series.exemplars().to(i));
            int exemplar = out.begin(field);
            read(out);
            out.end(exemplar);
        }
    }

    private void read(ProtoWriter out) throws MalformedPayload {
        long value = 0;
        long millis = 0;
        labels.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | LEN -> labels.packedVarints(reader);
                case 1 << 3 | VARINT -> labels.add(reader.varint());
                case 2 << 3 | FIXED64 -> value = reader.fixed64();
                case 3 << 3 | VARINT -> millis = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        out.fixed64(2, millis * 1_000_000L);
        out.fixed64(3, value);
        for (int i = 0; i + 1 < labels.size(); i += 2) {
            label(out, (int) labels.get(i), (int) labels.get(i + 1));
        }
    }

    private void label(ProtoWriter out, int name, int value) {
        boolean done =
                symbols.is(name, TRACE) && hex(out, 5, value, 16) || symbols.is(name, SPAN) && hex(out, 4, value, 8);
        if (!done) {
            Attributes.write(out, 7, series, name, value);
        }
    }

    /** Writes an id; one that is none stays an attribute. */
    private boolean hex(ProtoWriter out, int field, int symbol, int size) {
        if (symbols.length(symbol) != 2 * size) {
            return false;
        }
        int at = symbols.start(symbol);
        for (int i = 0; i < 2 * size; i++) {
            if (Character.digit(series.bytes().getByte(at + i), 16) < 0) {
                return false;
            }
        }
        out.tag(field, LEN);
        out.varint(size);
        for (int i = 0; i < size; i++) {
            int high = Character.digit(series.bytes().getByte(at + 2 * i), 16);
            int low = Character.digit(series.bytes().getByte(at + 2 * i + 1), 16);
            out.raw((byte) (high << 4 | low));
        }
        return true;
    }
}
