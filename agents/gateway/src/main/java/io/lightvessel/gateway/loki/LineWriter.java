package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.labels.AttributeText;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** Writes a record as a line; JSON and logfmt have the fields that the Collector's exporter gave them. */
final class LineWriter {
    private final ProtoWriter scratch = new ProtoWriter(256);

    /** Appends a line; moves the reader. Labels are not repeated in it. */
    void write(LineFormat format, LogFields log, Attributes resource, Scope scope, ProtoReader reader, ProtoWriter out)
            throws MalformedPayload {
        switch (format) {
            case RAW -> {
                reader.reset(log.bodyStart, log.bodyEnd);
                AttributeText.append(reader, out);
            }
            case JSON -> json(log, resource, scope, reader, out);
            case LOGFMT -> logfmt(log, resource, scope, reader, out);
        }
    }

    private void json(LogFields log, Attributes resource, Scope scope, ProtoReader reader, ProtoWriter out)
            throws MalformedPayload {
        out.raw((byte) '{');
        int start = out.size();
        if (log.bodyEnd > log.bodyStart) {
            key("body", start, out);
            reader.reset(log.bodyStart, log.bodyEnd);
            AttributeText.json(reader, out);
        }
        hexField("traceid", log.traceStart, log.traceLength, start, reader, out);
        hexField("spanid", log.spanStart, log.spanLength, start, reader, out);
        if (log.severityLength > 0) {
            key("severity", start, out);
            AttributeText.quoted(reader, log.severityStart, log.severityLength, out);
        }
        if (log.flags != 0) {
            key("flags", start, out);
            AttributeText.whole(log.flags & 0xFFFF_FFFFL, out);
        }
        object("attributes", log.attributes, start, reader, out);
        object("resources", resource, start, reader, out);
        if (scope.nameLength > 0) {
            key("instrumentation_scope", start, out);
            AttributeText.ascii("{\"name\":", out);
            AttributeText.quoted(reader, scope.nameStart, scope.nameLength, out);
            if (scope.versionLength > 0) {
                AttributeText.ascii(",\"version\":", out);
                AttributeText.quoted(reader, scope.versionStart, scope.versionLength, out);
            }
            out.raw((byte) '}');
        }
        out.raw((byte) '}');
    }

    private static void hexField(String name, int at, int length, int start, ProtoReader reader, ProtoWriter out) {
        if (length > 0) {
            key(name, start, out);
            out.raw((byte) '"');
            AttributeText.hex(reader, at, length, out);
            out.raw((byte) '"');
        }
    }

    private static void key(String name, int start, ProtoWriter out) {
        AttributeText.ascii(out.size() == start ? "\"" : ",\"", out);
        AttributeText.ascii(name, out);
        AttributeText.ascii("\":", out);
    }

    private static void object(String name, Attributes attributes, int start, ProtoReader reader, ProtoWriter out)
            throws MalformedPayload {
        boolean any = false;
        for (int i = 0; i < attributes.count(); i++) {
            if (attributes.isTaken(i)) {
                continue;
            }
            if (any) {
                out.raw((byte) ',');
            } else {
                key(name, start, out);
                out.raw((byte) '{');
                any = true;
            }
            AttributeText.quoted(reader, attributes.keyStart(i), attributes.keyLength(i), out);
            out.raw((byte) ':');
            attributes.toValue(reader, i);
            AttributeText.json(reader, out);
        }
        if (any) {
            out.raw((byte) '}');
        }
    }

    private void logfmt(LogFields log, Attributes resource, Scope scope, ProtoReader reader, ProtoWriter out)
            throws MalformedPayload {
        int start = out.size();
        if (log.bodyEnd > log.bodyStart) {
            name("msg", start, out);
            reader.reset(log.bodyStart, log.bodyEnd);
            text(reader, out);
        }
        if (log.traceLength > 0) {
            name("traceID", start, out);
            AttributeText.hex(reader, log.traceStart, log.traceLength, out);
        }
        if (log.spanLength > 0) {
            name("spanID", start, out);
            AttributeText.hex(reader, log.spanStart, log.spanLength, out);
        }
        if (log.severityLength > 0) {
            name("severity", start, out);
            text(reader, log.severityStart, log.severityLength, out);
        }
        if (log.flags != 0) {
            name("flags", start, out);
            AttributeText.whole(log.flags & 0xFFFF_FFFFL, out);
        }
        pairs("attribute_", log.attributes, start, reader, out);
        pairs("resource_", resource, start, reader, out);
        if (scope.nameLength > 0) {
            name("instrumentation_scope_name", start, out);
            text(reader, scope.nameStart, scope.nameLength, out);
        }
        if (scope.versionLength > 0) {
            name("instrumentation_scope_version", start, out);
            text(reader, scope.versionStart, scope.versionLength, out);
        }
    }

    private void pairs(String prefix, Attributes attributes, int start, ProtoReader reader, ProtoWriter out)
            throws MalformedPayload {
        for (int i = 0; i < attributes.count(); i++) {
            if (attributes.isTaken(i)) {
                continue;
            }
            AttributeText.ascii(out.size() == start ? prefix : " " + prefix, out);
            for (int at = 0; at < attributes.keyLength(i); at++) {
                byte c = reader.bytes().getByte(attributes.keyStart(i) + at);
                out.raw(c == '=' || c == '"' || c >= 0 && c <= ' ' ? (byte) '_' : c);
            }
            out.raw((byte) '=');
            attributes.toValue(reader, i);
            text(reader, out);
        }
    }

    private static void name(String name, int start, ProtoWriter out) {
        AttributeText.ascii(out.size() == start ? name : " " + name, out);
        out.raw((byte) '=');
    }

    /** The AnyValue that the reader stands on, in quotes where logfmt needs them. */
    private void text(ProtoReader reader, ProtoWriter out) throws MalformedPayload {
        scratch.clear();
        AttributeText.append(reader, scratch);
        Quotes.logfmt(scratch.array(), scratch.size(), out);
    }

    private void text(ProtoReader reader, int start, int length, ProtoWriter out) {
        scratch.clear();
        scratch.raw(reader.bytes(), start, length);
        Quotes.logfmt(scratch.array(), scratch.size(), out);
    }
}
