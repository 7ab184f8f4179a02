package io.lightvessel.pipeline.protobuf;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes protobuf wire format into one growing array that can be reused from message to message. */
public final class ProtoWriter {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LEN = 2;
    public static final int FIXED32 = 5;

    private byte[] bytes;
    private int size;

    public ProtoWriter(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    public int size() {
        return size;
    }

    /** The array behind this writer; only the first {@link #size()} bytes mean something. */
    public byte[] array() {
        return bytes;
    }

    public void clear() {
        size = 0;
    }

    /** Gives up everything written after {@code size}. */
    public void truncate(int size) {
        this.size = size;
    }

    public void tag(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    public void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void fixed64(long value) {
        ensure(8);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void fixed32(int value) {
        ensure(4);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void raw(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    public void raw(ByteBuf source, int index, int length) {
        ensure(length);
        source.getBytes(index, bytes, size, length);
        size += length;
    }

    public void raw(byte value) {
        ensure(1);
        bytes[size++] = value;
    }

    /** A length-delimited field. */
    public void bytes(int field, byte[] source, int offset, int length) {
        tag(field, LEN);
        varint(length);
        raw(source, offset, length);
    }

    public void string(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes(field, utf8, 0, utf8.length);
    }

    public void varint(int field, long value) {
        tag(field, VARINT);
        varint(value);
    }

    public void fixed64(int field, long value) {
        tag(field, FIXED64);
        fixed64(value);
    }

    /** Opens a nested message; hand the returned mark to {@link #end}. */
    public int begin(int field) {
        tag(field, LEN);
        ensure(1);
        return size++;
    }

    /** Closes the message opened at {@code mark}: most are shorter than 128 bytes and need no moving. */
    public void end(int mark) {
        int length = size - mark - 1;
        int extra = sizeOfVarint(length) - 1;
        if (extra > 0) {
            ensure(extra);
            System.arraycopy(bytes, mark + 1, bytes, mark + 1 + extra, length);
        }
        int end = size + extra;
        size = mark;
        varint(length);
        size = end;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public static int sizeOfVarint(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            int needed = Math.addExact(size, more);
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
    }
}
