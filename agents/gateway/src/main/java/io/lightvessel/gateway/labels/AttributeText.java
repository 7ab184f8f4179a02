package io.lightvessel.gateway.labels;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Attribute values as text: strings as they are, everything else in its JSON form. */
public final class AttributeText {
    private static final int STRING = 1 << 3 | ProtoWriter.LEN;
    private static final int BOOL = 2 << 3 | ProtoWriter.VARINT;
    private static final int INT = 3 << 3 | ProtoWriter.VARINT;
    private static final int DOUBLE = 4 << 3 | ProtoWriter.FIXED64;
    private static final int ARRAY = 5 << 3 | ProtoWriter.LEN;
    private static final int KEY_VALUES = 6 << 3 | ProtoWriter.LEN;
    private static final int BYTES = 7 << 3 | ProtoWriter.LEN;
    private static final int FIRST = 1 << 3 | ProtoWriter.LEN;
    private static final int DEEPEST = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private AttributeText() {}

    /** Reads the AnyValue the reader has entered and appends its text. */
    public static void append(ProtoReader reader, ProtoWriter out) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == STRING) {
                int length = reader.length();
                out.raw(reader.bytes(), reader.position(), length);
                reader.skip(length);
            } else {
                field(reader, tag, out, 0);
            }
        }
    }

    /** Reads the AnyValue the reader has entered and appends its JSON form, strings in quotes. */
    public static void json(ProtoReader reader, ProtoWriter out) throws MalformedPayload {
        json(reader, out, 1);
    }

    private static void json(ProtoReader reader, ProtoWriter out, int depth) throws MalformedPayload {
        int start = out.size();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == STRING) {
                int length = reader.length();
                quoted(reader, reader.position(), length, out);
                reader.skip(length);
            } else {
                field(reader, tag, out, depth);
            }
        }
        if (out.size() == start) {
            ascii("null", out);
        }
    }

    private static void field(ProtoReader reader, int tag, ProtoWriter out, int depth) throws MalformedPayload {
        switch (tag) {
            case BOOL -> ascii(reader.varint() != 0 ? "true" : "false", out);
            case INT -> whole(reader.varint(), out);
            case DOUBLE -> {
                double value = Double.longBitsToDouble(reader.fixed64());
                String text = number(value);
                ascii(depth > 0 && !Double.isFinite(value) ? '"' + text + '"' : text, out);
            }
            case BYTES -> {
                byte[] bytes = new byte[reader.length()];
                reader.bytes().getBytes(reader.position(), bytes);
                reader.skip(bytes.length);
                boolean inside = depth > 0;
                if (inside) {
                    out.raw((byte) '"');
                }
                byte[] text = Base64.getEncoder().encode(bytes);
                out.raw(text, 0, text.length);
                if (inside) {
                    out.raw((byte) '"');
                }
            }
            case ARRAY, KEY_VALUES -> {
                if (depth >= DEEPEST) {
                    throw new MalformedPayload("an attribute nested deeper than " + DEEPEST);
                }
                int outer = reader.enter();
                out.raw((byte) (tag == ARRAY ? '[' : '{'));
                elements(reader, tag == KEY_VALUES, out, depth + 1);
                out.raw((byte) (tag == ARRAY ? ']' : '}'));
                reader.leave(outer);
            }
            default -> reader.skipField(tag);
        }
    }

    private static void elements(ProtoReader reader, boolean named, ProtoWriter out, int depth)
            throws MalformedPayload {
        boolean first = true;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != FIRST) {
                reader.skipField(tag);
                continue;
            }
            if (!first) {
                out.raw((byte) ',');
            }
            first = false;
            if (named) {
                pair(reader, out, depth);
            } else {
                int outer = reader.enter();
                json(reader, out, depth);
                reader.leave(outer);
            }
        }
    }

    private static void pair(ProtoReader reader, ProtoWriter out, int depth) throws MalformedPayload {
        AttributeSpan attribute = new AttributeSpan();
        attribute.enter(reader);
        quoted(reader, attribute.keyStart(), attribute.keyLength(), out);
        out.raw((byte) ':');
        attribute.toValue(reader);
        json(reader, out, depth);
        attribute.leave(reader);
    }

    /** A text that lies in the payload, as a JSON string. */
    public static void quoted(ProtoReader reader, int start, int length, ProtoWriter out) {
        out.raw((byte) '"');
        int from = out.size();
        out.raw(reader.bytes(), start, length);
        for (int i = from; i < from + length; i++) {
            byte c = out.array()[i];
            if (c == '"' || c == '\\' || c >= 0 && c < ' ') {
                // Rare: what has been copied is taken back to here and done byte by byte.
                out.truncate(i);
                for (int at = start + i - from; at < start + length; at++) {
                    escaped(reader.bytes().getByte(at), out);
                }
                break;
            }
        }
        out.raw((byte) '"');
    }

    private static void escaped(byte c, ProtoWriter out) {
        switch (c) {
            case '"', '\\' -> {
                out.raw((byte) '\\');
                out.raw(c);
            }
            case '\n' -> ascii("\\n", out);
            case '\r' -> ascii("\\r", out);
            case '\t' -> ascii("\\t", out);
            default -> {
                if (c >= 0 && c < ' ') {
                    ascii("\\u00", out);
                    out.raw(HEX[c >> 4]);
                    out.raw(HEX[c & 15]);
                } else {
                    out.raw(c);
                }
            }
        }
    }

    /** Bytes that lie in the payload, as hexadecimal digits in lower case. */
    public static void hex(ProtoReader reader, int start, int length, ProtoWriter out) {
        for (int i = start; i < start + length; i++) {
            byte b = reader.bytes().getByte(i);
            out.raw(HEX[b >> 4 & 15]);
            out.raw(HEX[b & 15]);
        }
    }

    /** A text of ASCII characters. */
    public static void ascii(String text, ProtoWriter out) {
        for (int i = 0; i < text.length(); i++) {
            out.raw((byte) text.charAt(i));
        }
    }

    /** A number in decimal digits. */
    public static void whole(long value, ProtoWriter out) {
        if (value < 0) {
            ascii(Long.toString(value), out);
            return;
        }
        long power = 1;
        while (value / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            out.raw((byte) ('0' + value / power % 10));
        }
    }

    /** Without exponent and without a useless fraction, as Prometheus writes bounds: 1, 0.005, 10000000000, +Inf. */
    public static String number(double value) {
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
