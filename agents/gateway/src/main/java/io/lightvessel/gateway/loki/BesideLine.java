package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.labels.AttributeText;
import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;

/** Writes structured metadata, by the names that Loki itself gives to what it receives as OTLP. */
final class BesideLine {
    private static final byte[] TRACE_ID = bytes("trace_id");
    private static final byte[] SPAN_ID = bytes("span_id");
    private static final byte[] SEVERITY_TEXT = bytes("severity_text");
    private static final byte[] SEVERITY_NUMBER = bytes("severity_number");
    private static final byte[] FLAGS = bytes("flags");
    private static final byte[] SCOPE_NAME = bytes("scope_name");
    private static final byte[] SCOPE_VERSION = bytes("scope_version");
    private static final int FIELD = 3;

    private final Symbols symbols;
    private final LabelSet names;

    BesideLine(Symbols symbols) {
        this.symbols = symbols;
        this.names = new LabelSet(symbols, true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Appends what belongs to an entry; of attributes, those that are no labels, when {@code everything} is asked. */
    void write(LogFields log, Attributes resource, Scope scope, boolean everything, ProtoReader reader, ProtoWriter out)
            throws MalformedPayload {
        hex(TRACE_ID, log.traceStart, log.traceLength, reader, out);
        hex(SPAN_ID, log.spanStart, log.spanLength, reader, out);
        text(SEVERITY_TEXT, log.severityStart, log.severityLength, reader, out);
        number(SEVERITY_NUMBER, log.severity, out);
        if (everything) {
            number(FLAGS, log.flags & 0xFFFF_FFFFL, out);
            text(SCOPE_NAME, scope.nameStart, scope.nameLength, reader, out);
            text(SCOPE_VERSION, scope.versionStart, scope.versionLength, reader, out);
            attributes(resource, reader, out);
            attributes(log.attributes, reader, out);
        }
    }

    private void attributes(Attributes attributes, ProtoReader reader, ProtoWriter out) throws MalformedPayload {
        for (int i = 0; i < attributes.count(); i++) {
            int name = attributes.isTaken(i)
                    ? 0
                    : names.name(reader.bytes(), attributes.keyStart(i), attributes.keyLength(i));
            if (name != 0) {
                int pair = out.begin(FIELD);
                symbols.write(name, 1, out);
                int value = out.begin(2);
                attributes.toValue(reader, i);
                AttributeText.append(reader, out);
                out.end(value);
                out.end(pair);
            }
        }
    }

    private static void hex(byte[] name, int start, int length, ProtoReader reader, ProtoWriter out) {
        if (length > 0) {
            int pair = begin(name, out);
            int value = out.begin(2);
            AttributeText.hex(reader, start, length, out);
            out.end(value);
            out.end(pair);
        }
    }

    private static void text(byte[] name, int start, int length, ProtoReader reader, ProtoWriter out) {
        if (length > 0) {
            int pair = begin(name, out);
            int value = out.begin(2);
            out.raw(reader.bytes(), start, length);
            out.end(value);
            out.end(pair);
        }
    }

    private static void number(byte[] name, long number, ProtoWriter out) {
        if (number != 0) {
            int pair = begin(name, out);
            int value = out.begin(2);
            AttributeText.whole(number, out);
            out.end(value);
            out.end(pair);
        }
    }

    private static int begin(byte[] name, ProtoWriter out) {
        int pair = out.begin(FIELD);
        out.bytes(1, name, 0, name.length);
        return pair;
    }
}
