package io.lightvessel.gateway.otlp.json;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.otlp.json.MessageTable.Field;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes a request's wire bytes as OTLP JSON that any OTLP reader takes (specification, "JSON Protobuf Encoding"): lists
 * for repeated fields, hex for ids, texts for 64-bit numbers. Fields that the published messages do not have are left out.
 */
public final class OtlpJsonWriter {

    private static final int DEEPEST = 100;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ProtoReader reader;
    private final ProtoWriter out;
    private int depth;

    private OtlpJsonWriter(ProtoReader reader, ProtoWriter out) {
        this.reader = reader;
        this.out = out;
    }

    /** Appends the JSON text, in one line, to {@code out}, which serves as a growing array here. */
    public static void write(Signal signal, ByteBuf request, ProtoWriter out) throws MalformedPayload {
        MessageTable table = switch (signal) {
            case TRACES -> OtlpTables.TRACES;
            case METRICS -> OtlpTables.METRICS;
            case LOGS -> OtlpTables.LOGS;
            case PROFILES -> throw new MalformedPayload("profiles have no JSON form here (expected: another signal)");
        };
        ProtoReader reader = new ProtoReader(request);
        new OtlpJsonWriter(reader, out).message(table, reader.position(), request.writerIndex());
    }

    private void message(MessageTable table, int from, int to) throws MalformedPayload {
        if (++depth > DEEPEST) {
            throw new MalformedPayload("nested deeper than " + DEEPEST + " messages");
        }
        out.raw((byte) '{');
        boolean first = true;
        // The wire may mix the elements of repeated fields, JSON may not: so one look for each field that is there.
        long seen = 0;
        reader.reset(from, to);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            seen |= 1L << Math.min(tag >>> 3, 63);
            reader.skipField(tag);
        }
        for (int number = 1; number < 63; number++) {
            String name = (seen & 1L << number) == 0 ? null : table.jsonName(number);
            Field field = name == null ? null : table.field(name);
            if (name != null && field != null) {
                if (!first) {
                    out.raw((byte) ',');
                }
                first = false;
                quoted(name);
                out.raw((byte) ':');
                field(field, from, to);
            }
        }
        out.raw((byte) '}');
        depth--;
    }

    private void field(Field field, int from, int to) throws MalformedPayload {
        boolean repeated = field.repeated();
        int start = out.size();
        if (repeated) {
            out.raw((byte) '[');
        }
        int afterOpening = out.size();
        int position = from;
        while (position < to) {
            reader.reset(position, to);
            int tag = reader.tag();
            int value = reader.position();
            reader.skipField(tag);
            position = reader.position();
            if (tag >>> 3 == field.number()) {
                if (!repeated) {
                    // The last one counts, as protobuf has it.
                    out.truncate(start);
                } else if (out.size() > afterOpening) {
                    out.raw((byte) ',');
                }
                reader.reset(value, to);
                value(field, tag, to);
            }
        }
        if (repeated) {
            out.raw((byte) ']');
        }
    }

    private void value(Field field, int tag, int to) throws MalformedPayload {
        int wireType = tag & 7;
        MessageTable nested = field.message();
        if (nested != null && wireType == ProtoWriter.LEN) {
            int length = reader.length();
            message(nested, reader.position(), reader.position() + length);
        } else if (nested == null && wireType == field.kind().wireType()) {
            scalar(field.kind());
        } else if (nested == null && field.repeated() && wireType == ProtoWriter.LEN) {
            int length = reader.length();
            int end = reader.position() + length;
            reader.reset(reader.position(), end);
            for (boolean first = true; reader.hasMore(); first = false) {
                if (!first) {
                    out.raw((byte) ',');
                }
                scalar(field.kind());
            }
            reader.reset(end, to);
        } else {
            throw new MalformedPayload("wire type " + wireType + " of field " + (tag >>> 3) + " (expected: "
                    + field.kind().wireType() + ")");
        }
    }

    private void scalar(Kind kind) throws MalformedPayload {
        switch (kind) {
            case STRING -> quoted(reader.string());
            case BASE64 -> ascii('"' + Base64.getEncoder().encodeToString(bytes()) + '"');
            case TRACE_ID, SPAN_ID -> hex();
            case BOOL -> ascii(reader.varint() != 0 ? "true" : "false");
            case ENUM, INT32 -> ascii(Integer.toString((int) reader.varint()));
            case UINT32 -> ascii(Long.toString(reader.varint() & 0xFFFF_FFFFL));
            case SINT32 -> {
                long zigzag = reader.varint();
                ascii(Integer.toString((int) (zigzag >>> 1) ^ -(int) (zigzag & 1)));
            }
            case FIXED32 -> ascii(Integer.toUnsignedString(reader.fixed32()));
            case INT64 -> ascii("\"" + reader.varint() + '"');
            case UINT64 -> ascii('"' + Long.toUnsignedString(reader.varint()) + '"');
            case FIXED64 -> ascii('"' + Long.toUnsignedString(reader.fixed64()) + '"');
            case SFIXED64 -> ascii("\"" + reader.fixed64() + '"');
            case DOUBLE -> number(Double.longBitsToDouble(reader.fixed64()));
            case MESSAGE -> throw new MalformedPayload("a message where a value was expected");
        }
    }

    /** JSON has no word for what is not finite; protobuf's JSON writes it as text. */
    private void number(double value) {
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        ascii(finite ? Double.toString(value) : '"' + Double.toString(value) + '"');
    }

    private byte[] bytes() throws MalformedPayload {
        byte[] value = new byte[reader.length()];
        reader.bytes().getBytes(reader.position(), value);
        reader.skip(value.length);
        return value;
    }

    private void hex() throws MalformedPayload {
        out.raw((byte) '"');
        for (byte b : bytes()) {
            out.raw(HEX[b >> 4 & 15]);
            out.raw(HEX[b & 15]);
        }
        out.raw((byte) '"');
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            out.raw((byte) text.charAt(i));
        }
    }

    private void quoted(String text) {
        out.raw((byte) '"');
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                out.raw((byte) '\\');
                out.raw(b);
            } else if (b >= 0 && b < ' ') {
                ascii("\\u00");
                out.raw(HEX[b >> 4 & 15]);
                out.raw(HEX[b & 15]);
            } else {
                out.raw(b);
            }
        }
        out.raw((byte) '"');
    }
}
