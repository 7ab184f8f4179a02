package io.lightvessel.pipeline.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The key of an attribute, ready to be compared with bytes on the wire. */
public final class AttributeKey {

    private final String text;
    private final byte[] utf8;
    private final long fingerprint;

    public AttributeKey(String text) {
        this.text = text;
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
        this.fingerprint = fingerprint(utf8, 0, utf8.length);
    }

    public String text() {
        return text;
    }

    byte[] utf8() {
        return utf8;
    }

    public long fingerprint() {
        return fingerprint;
    }

    boolean is(byte[] bytes, int from, int to) {
        return Arrays.equals(utf8, 0, utf8.length, bytes, from, to);
    }

    /** A number that differs for most keys that differ; made of the first and last eight bytes and the length. */
    public static long fingerprint(byte[] bytes, int from, int to) {
        int length = to - from;
        long tail;
        long head = 0;
        if (length >= 8) {
            tail = Wire.getLong(bytes, to - 8);
            head = Wire.getLong(bytes, from);
        } else if (length > 0 && to >= 8) {
            // The bytes before the key are shifted out.
            tail = Wire.getLong(bytes, to - 8) >>> (8 - length) * 8;
        } else {
            tail = 0;
            for (int i = to - 1; i >= from; i--) {
                tail = tail << 8 | bytes[i] & 0xFF;
            }
        }
        return (tail ^ Long.rotateLeft(head, 29)) * 0x9E3779B97F4A7C15L + length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeKey key && key.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
