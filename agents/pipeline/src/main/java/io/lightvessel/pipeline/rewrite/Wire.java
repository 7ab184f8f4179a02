package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The protobuf wire format in byte arrays, where reading it is fastest. */
final class Wire {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Wire() {}

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static int sizeOfVarint(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Writes a number and returns the index behind it. */
    static int putVarint(byte[] bytes, int from, long value) {
        int at = from;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    /** The index behind the number that begins here. */
    static int endOfVarint(byte[] bytes, int from, int to, int origin) throws MalformedPayload {
        int last = Math.min(to, from + 10);
        for (int at = from; at < last; at++) {
            if (bytes[at] >= 0) {
                return at + 1;
            }
        }
        throw last == to
                ? malformed("end of message", to - origin, "the rest of a number")
                : malformed("a number of more than 10 bytes", from - origin, "at most 10");
    }

    /** A number whose end is known to be inside the array. */
    static long varint(byte[] bytes, int from) {
        long value = 0;
        int at = from;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                break;
            }
        }
        return value;
    }

    /** The index behind the value of a field that has a tag of more than a byte, or is of an uncommon type. */
    static int endOfValue(byte[] bytes, int tag, int from, int to, int origin) throws MalformedPayload {
        WireReader reader = new WireReader(io.netty.buffer.Unpooled.wrappedBuffer(bytes), from, to);
        reader.skip(tag);
        return reader.position();
    }

    static MalformedPayload malformed(String found, int at, String expected) {
        return new MalformedPayload(found + " at byte " + at + " (expected: " + expected + ")");
    }
}
