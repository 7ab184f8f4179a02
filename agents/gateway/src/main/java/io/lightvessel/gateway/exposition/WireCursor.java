package io.lightvessel.gateway.exposition;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Walks protobuf in an array, field by field, within the limits of the message it is in. */
final class WireCursor {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LEN = 2;
    private static final int GROUP = 3;
    private static final int GROUP_END = 4;
    private static final int FIXED32 = 5;
    private static final int DEEPEST = 64;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] body = {};
    private int start;
    private int at;
    private int limit;
    private int lastLength;

    void open(byte[] body, int start, int end) {
        this.body = body;
        this.start = start;
        at = start;
        limit = end;
    }

    /** Goes to a message elsewhere in the same body. */
    void enter(int from, int to) {
        at = from;
        limit = to;
    }

    int position() {
        return at;
    }

    boolean hasMore() {
        return at < limit;
    }

    /** The next field's tag, 0 at the end of the message. */
    int tag() throws MalformedExposition {
        if (at >= limit) {
            return 0;
        }
        long tag = varint();
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw malformed("tag " + Long.toUnsignedString(tag), "a field number");
        }
        return (int) tag;
    }

    long varint() throws MalformedExposition {
        if (at < limit && body[at] >= 0) {
            return body[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= limit) {
                throw malformed("the end of the message", "a varint");
            }
            byte b = body[at++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a varint of more than ten bytes", "a number of 64 bits");
    }

    long fixed64() throws MalformedExposition {
        if (limit - at < 8) {
            throw malformed("the end of the message", "eight bytes");
        }
        long value = (long) LONGS.get(body, at);
        at += 8;
        return value;
    }

    /** Moves past the field that a length announces; returns where it ends. */
    int past() throws MalformedExposition {
        long length = varint();
        if (length < 0 || length > limit - at) {
            throw malformed(
                    "a field of " + Long.toUnsignedString(length) + " bytes",
                    "at most the " + (limit - at) + " that are left");
        }
        lastLength = (int) length;
        at += lastLength;
        return at;
    }

    /** Goes into the message that a length announces; returns what {@link #leave} needs to come out again. */
    int into() throws MalformedExposition {
        int outer = limit;
        int to = past();
        at -= lastLength;
        limit = to;
        return outer;
    }

    void leave(int outer) {
        at = limit;
        limit = outer;
    }

    /** The length of the field moved past last. */
    int lastLength() {
        return lastLength;
    }

    /** Skips a field that means nothing here. */
    void skip(int tag) throws MalformedExposition {
        int depth = 0;
        int current = tag;
        do {
            switch (current & 7) {
                case VARINT -> varint();
                case FIXED64 -> fixed64();
                case LEN -> past();
                case GROUP -> depth++;
                case GROUP_END -> depth--;
                case FIXED32 -> {
                    if (limit - at < 4) {
                        throw malformed("the end of the message", "four bytes");
                    }
                    at += 4;
                }
                default -> throw malformed("wire type " + (current & 7), "0 to 5");
            }
            if (depth < 0 || depth > DEEPEST) {
                throw malformed("a group", "a group that begins, and at most " + DEEPEST + " inside one another");
            }
            if (depth > 0) {
                current = tag();
                if (current == 0) {
                    throw malformed("the end of the message", "the end of a group");
                }
            }
        } while (depth > 0);
    }

    /** A field that has a meaning came with another wire type than it must have. */
    MalformedExposition wrongType(String field, int tag) {
        return malformed("wire type " + (tag & 7) + " for " + field, "that of the protocol");
    }

    MalformedExposition malformed(String found, String expected) {
        return new MalformedExposition("byte " + (at - start) + ": " + found + " (expected: " + expected + ")");
    }
}
