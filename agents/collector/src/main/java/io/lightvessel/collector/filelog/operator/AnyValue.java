package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what was written as the content of an attribute: a text, long, double, boolean, list, map, or null for nothing. */
final class AnyValue {
    private final byte[] bytes;
    private int at;

    private AnyValue(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** @param bytes as this package's own parsers write them, whose depth is bounded */
    static @Nullable Object read(byte[] bytes, int from, int length) {
        return length == 0 ? null : new AnyValue(bytes, from).value();
    }

    private @Nullable Object value() {
        int tag = bytes[at++];
        return switch (tag) {
            case Attributes.TEXT -> text(varint());
            case JsonText.BOOL -> varint() != 0;
            case JsonText.INT -> varint();
            case JsonText.DOUBLE -> number();
            case JsonText.LIST -> list(varint());
            case JsonText.MAP -> map(varint());
            default -> throw new IllegalStateException("tag " + tag + " of an attribute (expected: one of JSON's)");
        };
    }

    private long varint() {
        long value = 0;
        int shift = 0;
        while (bytes[at] < 0) {
            value |= (long) (bytes[at++] & 0x7F) << shift;
            shift += 7;
        }
        return value | (long) bytes[at++] << shift;
    }

    private String text(long length) {
        String text = new String(bytes, at, (int) length, UTF_8);
        at += (int) length;
        return text;
    }

    private double number() {
        long bits = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            bits = bits << Byte.SIZE | bytes[at + i] & 0xFF;
        }
        at += Long.BYTES;
        return Double.longBitsToDouble(bits);
    }

    private List<@Nullable Object> list(long length) {
        List<@Nullable Object> list = new ArrayList<>();
        for (long end = at + length; at < end; ) {
            list.add(element());
        }
        return list;
    }

    private Map<String, @Nullable Object> map(long length) {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (long end = at + length; at < end; ) {
            at++;
            long pairEnd = varint() + at;
            at++;
            String key = text(varint());
            map.put(key, at < pairEnd ? element() : null);
        }
        return map;
    }

    /** A value behind its tag and length. */
    private @Nullable Object element() {
        at++;
        long length = varint();
        return length == 0 ? null : value();
    }
}
