package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.protobuf.ProtoReader;
import io.lightvessel.gateway.protobuf.ProtoWriter;
import io.lightvessel.pipeline.MalformedPayload;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Attribute values as label values: strings as they are, everything else in its JSON form. */
final class AttributeText {
    private static final int STRING = 1 << 3 | ProtoWriter.LEN;
    private static final int BOOL = 2 << 3 | ProtoWriter.VARINT;
    private static final int INT = 3 << 3 | ProtoWriter.VARINT;
    private static final int DOUBLE = 4 << 3 | ProtoWriter.FIXED64;
    private static final int ARRAY = 5 << 3 | ProtoWriter.LEN;
    private static final int KEY_VALUES = 6 << 3 | ProtoWriter.LEN;
    private static final int BYTES = 7 << 3 | ProtoWriter.LEN;
    private static final int FIRST = 1 << 3 | ProtoWriter.LEN;
    private static final int SECOND = 2 << 3 | ProtoWriter.LEN;
    private static final int DEEPEST = 32;

    private AttributeText() {}

    /** Reads the AnyValue the reader has entered and appends its text. */
    static void append(ProtoReader reader, ProtoWriter out) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == STRING) {
                int length = reader.length();
                for (int i = 0; i < length; i++) {
                    out.raw(reader.bytes().getByte(reader.position() + i));
                }
                reader.skip(length);
            } else {
                StringBuilder text = new StringBuilder();
                field(reader, tag, text, 0);
                byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
                out.raw(utf8, 0, utf8.length);
            }
        }
    }

    private static void json(ProtoReader reader, StringBuilder text, int depth) throws MalformedPayload {
        int start = text.length();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == STRING) {
                quoted(reader.string(), text);
            } else {
                field(reader, tag, text, depth);
            }
        }
        if (text.length() == start) {
            text.append("null");
        }
    }

    private static void field(ProtoReader reader, int tag, StringBuilder text, int depth) throws MalformedPayload {
        switch (tag) {
            case BOOL -> text.append(reader.varint() != 0);
            case INT -> text.append(reader.varint());
            case DOUBLE -> text.append(number(Double.longBitsToDouble(reader.fixed64())));
            case BYTES -> {
                byte[] bytes = new byte[reader.length()];
                reader.bytes().getBytes(reader.position(), bytes);
                reader.skip(bytes.length);
                text.append(Base64.getEncoder().encodeToString(bytes));
            }
            case ARRAY, KEY_VALUES -> {
                if (depth >= DEEPEST) {
                    throw new MalformedPayload("an attribute nested deeper than " + DEEPEST);
                }
                int outer = reader.enter();
                text.append(tag == ARRAY ? '[' : '{');
                elements(reader, tag == KEY_VALUES, text, depth + 1);
                text.append(tag == ARRAY ? ']' : '}');
                reader.leave(outer);
            }
            default -> reader.skipField(tag);
        }
    }

    private static void elements(ProtoReader reader, boolean named, StringBuilder text, int depth)
            throws MalformedPayload {
        boolean first = true;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != FIRST) {
                reader.skipField(tag);
                continue;
            }
            if (!first) {
                text.append(',');
            }
            first = false;
            int outer = reader.enter();
            if (named) {
                pair(reader, text, depth);
            } else {
                json(reader, text, depth);
            }
            reader.leave(outer);
        }
    }

    private static void pair(ProtoReader reader, StringBuilder text, int depth) throws MalformedPayload {
        String key = "";
        StringBuilder value = new StringBuilder();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case FIRST -> key = reader.string();
                case SECOND -> {
                    int outer = reader.enter();
                    json(reader, value, depth);
                    reader.leave(outer);
                }
                default -> reader.skipField(tag);
            }
        }
        quoted(key, text);
        text.append(':').append(value.isEmpty() ? "null" : value);
    }

    private static void quoted(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /** Without exponent and without a useless fraction, as Prometheus writes bounds: 1, 0.005, 10000000000, +Inf. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return "0";
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
