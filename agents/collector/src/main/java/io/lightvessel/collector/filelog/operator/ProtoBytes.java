package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Map;

/** A growing array that protobuf fields are written to. */
public final class ProtoBytes {
    private static final int KEY = 0x0A;
    private static final int VALUE = 0x12;
    private static final int STRING_VALUE = 0x0A;

    private byte[] bytes = new byte[512];
    private int size;

    /** Attributes as repeated fields with the given tag, in the map's order. */
    public static byte[] attributes(int tag, Map<String, String> attributes) {
        ProtoBytes all = new ProtoBytes();
        attributes.forEach((key, value) -> {
            byte[] one = attribute(tag, key, value);
            all.bytes(one, 0, one.length);
        });
        return Arrays.copyOf(all.bytes, all.size);
    }

    public static byte[] attribute(int tag, String key, String value) {
        byte[] text = value.getBytes(UTF_8);
        ProtoBytes any = new ProtoBytes();
        any.length(STRING_VALUE, text.length);
        any.bytes(text, 0, text.length);
        byte[] name = key.getBytes(UTF_8);
        ProtoBytes pair = new ProtoBytes();
        pair.length(KEY, name.length);
        pair.bytes(name, 0, name.length);
        pair.length(VALUE, any.size);
        pair.bytes(any.bytes, 0, any.size);
        ProtoBytes field = new ProtoBytes();
        field.length(tag, pair.size);
        field.bytes(pair.bytes, 0, pair.size);
        return Arrays.copyOf(field.bytes, field.size);
    }

    public static int varintSize(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    public void length(int tag, int length) {
        ensure(6);
        bytes[size++] = (byte) tag;
        int rest = length;
        while (rest > 0x7F) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void fixed64(int tag, long value) {
        ensure(9);
        bytes[size++] = (byte) tag;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    public void tag(int tag) {
        ensure(1);
        bytes[size++] = (byte) tag;
    }

    public void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** Begins a field whose length is not known; to be ended with what this returns. */
    public int begin(int tag) {
        ensure(2);
        bytes[size++] = (byte) tag;
        bytes[size++] = 0;
        return size;
    }

    /** Ends a field, moving its content if its length takes more than one byte. */
    public void end(int begun) {
        int length = size - begun;
        int more = varintSize(length) - 1;
        if (more > 0) {
            ensure(more);
            System.arraycopy(bytes, begun, bytes, begun + more, length);
            size += more;
        }
        int at = begun - 1;
        int rest = length;
        while (rest > 0x7F) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at] = (byte) rest;
    }

    /** Forgets what was written from there on. */
    public void cut(int length) {
        size = length;
    }

    /** The array itself, which the next write may replace. */
    public byte[] array() {
        return bytes;
    }

    public void bytes(byte[] source, int from, int length) {
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    public void writeTo(ByteBuf target) {
        target.writeBytes(bytes, 0, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
