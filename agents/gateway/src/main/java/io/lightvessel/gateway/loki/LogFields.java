package io.lightvessel.gateway.loki;

import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED32;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.FIXED64;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.LEN;
import static io.lightvessel.pipeline.protobuf.ProtoWriter.VARINT;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import java.nio.charset.StandardCharsets;

/** Where the parts of one log record lie in the payload. */
final class LogFields {
    private static final byte[] NONE = {};
    private static final byte[][] LEVELS = {
        bytes("TRACE"), bytes("DEBUG"), bytes("INFO"), bytes("WARN"), bytes("ERROR"), bytes("FATAL")
    };

    final Attributes attributes;
    long time;
    int severity;
    int severityStart;
    int severityLength;
    int bodyStart;
    int bodyEnd;
    int traceStart;
    int traceLength;
    int spanStart;
    int spanLength;
    int flags;
    private long observed;

    LogFields(Attributes attributes) {
        this.attributes = attributes;
    }

    /** Reads the LogRecord that the reader has entered. */
    void read(ProtoReader reader) throws MalformedPayload {
        attributes.clear();
        time = 0;
        observed = 0;
        severity = 0;
        severityLength = 0;
        bodyStart = 0;
        bodyEnd = 0;
        traceLength = 0;
        spanLength = 0;
        flags = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | FIXED64 -> time = reader.fixed64();
                case 2 << 3 | VARINT -> severity = (int) reader.varint();
                case 3 << 3 | LEN -> {
                    severityLength = reader.length();
                    severityStart = reader.position();
                    reader.skip(severityLength);
                }
                case 5 << 3 | LEN -> {
                    int length = reader.length();
                    bodyStart = reader.position();
                    bodyEnd = bodyStart + length;
                    reader.skip(length);
                }
                case 6 << 3 | LEN -> attributes.note(reader);
                case 8 << 3 | FIXED32 -> flags = reader.fixed32();
                case 9 << 3 | LEN -> {
                    traceLength = reader.length();
                    traceStart = reader.position();
                    reader.skip(traceLength);
                }
                case 10 << 3 | LEN -> {
                    spanLength = reader.length();
                    spanStart = reader.position();
                    reader.skip(spanLength);
                }
                case 11 << 3 | FIXED64 -> observed = reader.fixed64();
                default -> reader.skipField(tag);
            }
        }
    }

    /** When it happened, else when it was seen; 0 when neither is known. */
    long nanos() {
        return time != 0 ? time : observed;
    }

    /** The severity's number as the word that dashboards expect; empty when it has none. */
    byte[] level() {
        return severity < 1 || severity > 24 ? NONE : LEVELS[(severity - 1) / 4];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
