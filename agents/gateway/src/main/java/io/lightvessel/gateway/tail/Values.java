package io.lightvessel.gateway.tail;

import io.lightvessel.gateway.tail.TelemetryRecord.Field;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Reads OTLP's attributes and values as text, cut to what a person looks at. */
final class Values {
    static final int LONGEST = 4096;
    private static final int MOST_ATTRIBUTES = 128;
    private static final int MOST_TEXT = 32 << 10;
    private static final int DEEPEST = 8;

    private Values() {}

    /** Reads the KeyValue at hand into the list, unless that is full. */
    static void attribute(ByteBuf bytes, WireReader in, List<Field> into) throws MalformedPayload {
        if (isFull(into)) {
            in.skipBytes(in.readLength());
            return;
        }
        String key = "";
        StringBuilder value = new StringBuilder();
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (WireReader.field(tag)) {
                case 1 -> key = text(bytes, in);
                case 2 -> any(bytes, in, value, 0);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        into.add(new Field(key, value.toString()));
    }

    private static boolean isFull(List<Field> fields) {
        int text = 0;
        for (Field field : fields) {
            text += field.name().length() + field.value().length();
        }
        return fields.size() >= MOST_ATTRIBUTES || text >= MOST_TEXT;
    }

    /** Reads the AnyValue at hand. */
    static String any(ByteBuf bytes, WireReader in) throws MalformedPayload {
        StringBuilder out = new StringBuilder();
        any(bytes, in, out, 0);
        return out.toString();
    }

    private static void any(ByteBuf bytes, WireReader in, StringBuilder out, int depth) throws MalformedPayload {
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            if (out.length() >= LONGEST) {
                in.skip(tag);
                continue;
            }
            switch (tag) {
                case 1 << 3 | WireReader.LENGTH_DELIMITED -> out.append(text(bytes, in));
                case 2 << 3 -> out.append(in.readVarint() != 0);
                case 3 << 3 -> out.append(in.readVarint());
                case 4 << 3 | WireReader.FIXED64 -> out.append(Double.longBitsToDouble(in.readFixed64()));
                case 5 << 3 | WireReader.LENGTH_DELIMITED -> elements(bytes, in, out, depth, false);
                case 6 << 3 | WireReader.LENGTH_DELIMITED -> elements(bytes, in, out, depth, true);
                case 7 << 3 | WireReader.LENGTH_DELIMITED -> out.append(base64(bytes, in));
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private static void elements(ByteBuf bytes, WireReader in, StringBuilder out, int depth, boolean named)
            throws MalformedPayload {
        int outer = in.enter();
        out.append(named ? '{' : '[');
        boolean first = true;
        while (in.hasMore()) {
            int tag = in.readTag();
            if (WireReader.field(tag) != 1 || depth >= DEEPEST || out.length() >= LONGEST) {
                in.skip(tag);
                continue;
            }
            out.append(first ? "" : ", ");
            first = false;
            if (named) {
                entry(bytes, in, out, depth);
            } else {
                any(bytes, in, out, depth + 1);
            }
        }
        out.append(depth >= DEEPEST ? "…" : "").append(named ? '}' : ']');
        in.leave(outer);
    }

    private static void entry(ByteBuf bytes, WireReader in, StringBuilder out, int depth) throws MalformedPayload {
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (WireReader.field(tag)) {
                case 1 -> out.append(text(bytes, in)).append(": ");
                case 2 -> any(bytes, in, out, depth + 1);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
    }

    /** Reads the text at hand, cut when it is long. */
    static String text(ByteBuf bytes, WireReader in) throws MalformedPayload {
        int length = in.readLength();
        int from = in.position();
        in.skipBytes(length);
        if (length <= LONGEST) {
            return bytes.toString(from, length, StandardCharsets.UTF_8);
        }
        int end = LONGEST;
        while (end > 0 && (bytes.getByte(from + end) & 0xC0) == 0x80) {
            end--;
        }
        return bytes.toString(from, end, StandardCharsets.UTF_8) + "…";
    }

    private static String base64(ByteBuf bytes, WireReader in) throws MalformedPayload {
        int length = in.readLength();
        byte[] copy = new byte[Math.min(length, LONGEST)];
        bytes.getBytes(in.position(), copy);
        in.skipBytes(length);
        return Base64.getEncoder().encodeToString(copy) + (copy.length < length ? "…" : "");
    }

    /** Reads the id at hand; empty when it is missing or all zero. */
    static String hex(ByteBuf bytes, WireReader in) throws MalformedPayload {
        int length = in.readLength();
        int from = in.position();
        in.skipBytes(length);
        String hex = ByteBufUtil.hexDump(bytes, from, Math.min(length, 32));
        return hex.chars().allMatch(c -> c == '0') ? "" : hex;
    }

    /** {@code 1.25 ms}, in the unit that reads best. */
    static String duration(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 1_000_000) {
            return rounded(nanos / 1e3) + " µs";
        }
        if (nanos < 1_000_000_000) {
            return rounded(nanos / 1e6) + " ms";
        }
        return nanos < Duration.ofMinutes(2).toNanos() ? rounded(nanos / 1e9) + " s" : Duration.ofNanos(nanos) + "";
    }

    private static String rounded(double value) {
        String text = String.format(java.util.Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
