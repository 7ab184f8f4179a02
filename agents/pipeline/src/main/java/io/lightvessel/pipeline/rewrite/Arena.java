package io.lightvessel.pipeline.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that come into being while a message is edited, all given back at once. What was written keeps its place in the
 * array it was written to, but growing moves on to another array: ask for {@link #array} after writing.
 */
public final class Arena {

    private static final int USUAL = 2048;
    private static final int MOST_KEPT = 64 << 10;

    private byte[] bytes = new byte[USUAL];
    private int size;

    void clear() {
        size = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[USUAL];
        }
    }

    /** Where what was written last is. */
    public byte[] array() {
        return bytes;
    }

    /** Index of the next byte to be written. */
    public int size() {
        return size;
    }

    /** Makes room and returns the index where it begins. */
    int reserve(int length) {
        int at = size;
        if (length > bytes.length - at) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(at, length), (int) Math.min(2L * bytes.length, 1 << 30)));
        }
        size = at + length;
        return at;
    }

    public void writeByte(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
    }

    public void writeVarint(long value) {
        int at = reserve(Wire.sizeOfVarint(value));
        Wire.putVarint(bytes, at, value);
    }

    public void writeFixed64(long value) {
        int at = reserve(8);
        Wire.putLong(bytes, at, value);
    }

    public void writeFixed32(int value) {
        int at = reserve(4);
        Wire.putInt(bytes, at, value);
    }

    public void writeBytes(byte[] from, int offset, int length) {
        int at = reserve(length);
        System.arraycopy(from, offset, bytes, at, length);
    }

    /** Writes a length-delimited field. */
    public void writeField(int tag, byte[] from, int offset, int length) {
        writeVarint(tag);
        writeVarint(length);
        writeBytes(from, offset, length);
    }

    /** Writes a text as a length-delimited field. */
    public void writeText(int tag, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeField(tag, utf8, 0, utf8.length);
    }
}
