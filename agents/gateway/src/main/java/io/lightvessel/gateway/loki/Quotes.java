package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.labels.AttributeText;
import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** Texts in double quotes, as Loki's label selectors and logfmt want them. */
final class Quotes {
    private static final String HEX = "0123456789abcdef";

    private Quotes() {}

    /** In quotes, with escapes for what would end them or break the line. */
    static void quoted(byte[] bytes, int from, int length, ProtoWriter out) {
        out.raw((byte) '"');
        int plain = from;
        for (int i = from; i < from + length; i++) {
            byte c = bytes[i];
            if (c == '"' || c == '\\' || c >= 0 && c < ' ' || c == 0x7F) {
                out.raw(bytes, plain, i - plain);
                plain = i + 1;
                escape(c, out);
            }
        }
        out.raw(bytes, plain, from + length - plain);
        out.raw((byte) '"');
    }

    private static void escape(byte c, ProtoWriter out) {
        switch (c) {
            case '"', '\\' -> {
                out.raw((byte) '\\');
                out.raw(c);
            }
            case '\n' -> AttributeText.ascii("\\n", out);
            case '\r' -> AttributeText.ascii("\\r", out);
            case '\t' -> AttributeText.ascii("\\t", out);
            default -> {
                AttributeText.ascii("\\x", out);
                out.raw((byte) HEX.charAt(c >> 4));
                out.raw((byte) HEX.charAt(c & 15));
            }
        }
    }

    /** As a logfmt value: quoted only where it is needed. */
    static void logfmt(byte[] bytes, int length, ProtoWriter out) {
        for (int i = 0; i < length; i++) {
            byte c = bytes[i];
            if (c == '"' || c == '=' || c == '\\' || c >= 0 && c <= ' ' || c == 0x7F) {
                quoted(bytes, 0, length, out);
                return;
            }
        }
        out.raw(bytes, 0, length);
    }
}
