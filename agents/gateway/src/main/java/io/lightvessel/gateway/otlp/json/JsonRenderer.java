package io.lightvessel.gateway.otlp.json;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.otlp.json.MessageTable.Field;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Base64;

/** Shows a request's wire bytes as OTLP JSON for people to read; repeated fields appear once for each element. */
public final class JsonRenderer {
    private static final int DEEPEST = 100;

    private final ProtoReader reader;
    private final StringBuilder out = new StringBuilder();
    private final int limit;
    private int depth;

    private JsonRenderer(ProtoReader reader, int limit) {
        this.reader = reader;
        this.limit = limit;
    }

    /** At most about {@code limit} characters, then dots; unknown fields are left out. */
    public static String render(Signal signal, ByteBuf request, int limit) throws MalformedPayload {
        JsonRenderer renderer = new JsonRenderer(new ProtoReader(request), limit);
        renderer.message(OtlpTables.request(signal));
        return renderer.out.toString();
    }

    /** The same for a Resource alone. */
    public static String resource(ByteBuf resource, int limit) throws MalformedPayload {
        JsonRenderer renderer = new JsonRenderer(new ProtoReader(resource), limit);
        renderer.message(OtlpTables.RESOURCE);
        return renderer.out.toString();
    }

    private void message(MessageTable table) throws MalformedPayload {
        if (++depth > DEEPEST) {
            throw new MalformedPayload("nested deeper than " + DEEPEST + " messages");
        }
        out.append('{');
        boolean first = true;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            String name = table.jsonName(tag >>> 3);
            Field field = name == null ? null : table.field(name);
            if (field == null || out.length() >= limit) {
                reader.skipField(tag);
                continue;
            }
            out.append(first ? "" : ",").append('"').append(name).append("\":");
            first = false;
            value(field, tag);
            if (out.length() >= limit) {
                out.append("...");
            }
        }
        out.append('}');
        depth--;
    }

    private void value(Field field, int tag) throws MalformedPayload {
        MessageTable nested = field.message();
        if (nested != null && (tag & 7) == Kind.MESSAGE.wireType()) {
            int outer = reader.enter();
            message(nested);
            reader.leave(outer);
        } else if ((tag & 7) == field.kind().wireType()) {
            scalar(field.kind());
        } else if (field.repeated() && (tag & 7) == 2) {
            int outer = reader.enter();
            out.append('[');
            for (boolean first = true; reader.hasMore(); first = false) {
                out.append(first ? "" : ",");
                scalar(field.kind());
            }
            out.append(']');
            reader.leave(outer);
        } else {
            throw new MalformedPayload("wire type " + (tag & 7) + " of field " + (tag >>> 3));
        }
    }

    private void scalar(Kind kind) throws MalformedPayload {
        switch (kind) {
            case STRING -> quoted(reader.string());
            case BASE64, TRACE_ID, SPAN_ID -> bytes(kind == Kind.BASE64);
            case BOOL -> out.append(reader.varint() != 0);
            case ENUM, INT32 -> out.append((int) reader.varint());
            case UINT32 -> out.append(reader.varint() & 0xFFFF_FFFFL);
            case SINT32 -> {
                long zigzag = reader.varint();
                out.append((int) (zigzag >>> 1) ^ -(int) (zigzag & 1));
            }
            case FIXED32 -> out.append(Integer.toUnsignedString(reader.fixed32()));
            case INT64 -> out.append('"').append(reader.varint()).append('"');
            case UINT64 ->
                out.append('"').append(Long.toUnsignedString(reader.varint())).append('"');
            case FIXED64 ->
                out.append('"').append(Long.toUnsignedString(reader.fixed64())).append('"');
            case SFIXED64 -> out.append('"').append(reader.fixed64()).append('"');
            case DOUBLE -> out.append(Double.longBitsToDouble(reader.fixed64()));
            case MESSAGE -> throw new MalformedPayload("a message where a value was expected");
        }
    }

    private void bytes(boolean base64) throws MalformedPayload {
        int length = reader.length();
        byte[] value = new byte[length];
        reader.bytes().getBytes(reader.position(), value);
        reader.skip(length);
        out.append('"')
                .append(base64 ? Base64.getEncoder().encodeToString(value) : ByteBufUtil.hexDump(value))
                .append('"');
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length() && out.length() < limit; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
