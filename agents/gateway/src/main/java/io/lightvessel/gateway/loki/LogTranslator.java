package io.lightvessel.gateway.loki;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;

import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Reads OTLP logs from their wire bytes into a table of streams; nothing is allocated per record. */
final class LogTranslator {
    private static final int FIRST = 1 << 3 | LEN;
    private static final int SECOND = 2 << 3 | LEN;

    private final LokiOptions options;
    private final StreamTable table;
    private final Symbols symbols;
    private final Attributes resource;
    private final LogFields log;
    private final Scope scope = new Scope();
    private final StreamLabels labels;
    private final LineWriter lines = new LineWriter();
    private final BesideLine beside;
    private final Map<Undeliverable, Long> dropped = new EnumMap<>(Undeliverable.class);
    private long now;

    LogTranslator(LokiOptions options, StreamTable table) {
        this.options = options;
        this.table = table;
        this.symbols = table.symbols();
        this.resource = new Attributes(symbols);
        this.log = new LogFields(new Attributes(symbols));
        this.labels = new StreamLabels(options, symbols);
        this.beside = new BesideLine(symbols);
    }

    /** Fills the table; returns what had to be left out, by reason. */
    Map<Undeliverable, Long> translate(ProtoReader reader, Instant at) throws MalformedPayload {
        now = at.getEpochSecond() * 1_000_000_000L + at.getNano();
        table.clear();
        labels.beginPayload();
        dropped.clear();
        ProtoReader values = new ProtoReader(reader.bytes());
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == FIRST) {
                int outer = reader.enter();
                resourceLogs(reader, values);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
        return dropped;
    }

    /** Twice: the resource may stand behind its records. */
    private void resourceLogs(ProtoReader reader, ProtoReader values) throws MalformedPayload {
        int start = reader.position();
        resource.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == FIRST) {
                int outer = reader.enter();
                for (int field = reader.tag(); field != 0; field = reader.tag()) {
                    if (field == FIRST) {
                        resource.note(reader);
                    } else {
                        reader.skipField(field);
                    }
                }
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
        int end = reader.position();
        labels.beginResource(resource, values);
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == SECOND) {
                int outer = reader.enter();
                scopeLogs(reader, values);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void scopeLogs(ProtoReader reader, ProtoReader values) throws MalformedPayload {
        int start = reader.position();
        scope.clear();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == FIRST) {
                int outer = reader.enter();
                scope.read(reader);
                reader.leave(outer);
            } else {
                reader.skipField(tag);
            }
        }
        int end = reader.position();
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == SECOND) {
                int outer = reader.enter();
                log.read(reader);
                reader.leave(outer);
                record(values);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void record(ProtoReader values) throws MalformedPayload {
        int stream = table.stream(labels.of(log, resource, values), labels.tenant());
        if (stream < 0) {
            dropped.merge(Undeliverable.NO_LABELS, 1L, Long::sum);
            labels.endRecord(resource);
            return;
        }
        ProtoWriter out = table.contents();
        int from = out.size();
        LineFormat format = format();
        int line = out.begin(2);
        int text = out.size();
        lines.write(format, log, resource, scope, values, out);
        int length = out.size() - text;
        if (options.maxLine() > 0 && length > options.maxLine()) {
            if (!options.truncate()) {
                out.truncate(from);
                dropped.merge(Undeliverable.LINE_TOO_LONG, 1L, Long::sum);
                labels.endRecord(resource);
                return;
            }
            out.truncate(text + wholeCharacters(out.array(), text, options.maxLine()));
        }
        out.end(line);
        if (options.structuredMetadata()) {
            beside.write(log, resource, scope, format == LineFormat.RAW, values, out);
        }
        long nanos = log.nanos();
        table.add(stream, nanos == 0 ? now : nanos, from);
        labels.endRecord(resource);
    }

    /** A cut must not leave half a character: Loki refuses what is not UTF-8. */
    private static int wholeCharacters(byte[] bytes, int from, int most) {
        int length = most;
        while (length > 0 && (bytes[from + length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private LineFormat format() {
        int hint = log.attributes.hint(Attributes.FORMAT);
        if (hint == 0) {
            hint = resource.hint(Attributes.FORMAT);
        }
        if (hint == 0) {
            return options.format();
        }
        String word = new String(symbols.array(), symbols.start(hint), symbols.length(hint), StandardCharsets.UTF_8);
        return LineFormat.of(word).orElse(options.format());
    }
}
