package io.lightvessel.gateway.pprof.format;

/** Walks protobuf wire bytes in an array; every access is checked against the message it is in. */
final class ProfileCursor {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH_DELIMITED = 2;
    static final int FIXED32 = 5;

    private byte[] bytes = {};
    private int position;
    private int limit;

    /** Reads from now on what lies between two indices. */
    ProfileCursor over(byte[] array, int from, int to) {
        bytes = array;
        position = from;
        limit = to;
        return this;
    }

    boolean hasMore() {
        return position < limit;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    /** The next field's tag. */
    int tag() throws MalformedProfile {
        int at = position;
        long tag = varint();
        if (tag < 8 || tag > 0xFFFF_FFFFL) {
            throw malformed("tag " + Long.toUnsignedString(tag), at, "a field number and a wire type");
        }
        return (int) tag;
    }

    static int field(int tag) {
        return tag >>> 3;
    }

    long varint() throws MalformedProfile {
        int at = position;
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= limit) {
                throw malformed("end of message", position, "the rest of a number");
            }
            byte b = bytes[position++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than 10 bytes", at, "at most 10");
    }

    /** Reads a varint of a field that has to be one. */
    long varint(int tag, String what) throws MalformedProfile {
        expect(tag, VARINT, what);
        return varint();
    }

    /** Checks a length-delimited field's wire type and narrows to it; returns what {@link #leave} needs. */
    int enter(int tag, String what) throws MalformedProfile {
        expect(tag, LENGTH_DELIMITED, what);
        int length = length();
        int outer = limit;
        limit = position + length;
        return outer;
    }

    /** Goes on behind the message that was entered. */
    void leave(int outer) {
        position = limit;
        limit = outer;
    }

    private int length() throws MalformedProfile {
        int at = position;
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw malformed("length " + Long.toUnsignedString(length), at, "at most " + (limit - position));
        }
        return (int) length;
    }

    void skip(int tag) throws MalformedProfile {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case LENGTH_DELIMITED -> {
                int length = length();
                position += length;
            }
            case FIXED32 -> advance(4);
            default -> throw malformed("wire type " + (tag & 7), position, "0, 1, 2 or 5");
        }
    }

    private void advance(int count) throws MalformedProfile {
        if (count > limit - position) {
            throw malformed("end of message", position, count + " more bytes");
        }
        position += count;
    }

    private void expect(int tag, int wireType, String what) throws MalformedProfile {
        if ((tag & 7) != wireType) {
            throw malformed("a " + what + " of wire type " + (tag & 7), position, "wire type " + wireType);
        }
    }

    MalformedProfile malformed(String found, int at, String expected) {
        return new MalformedProfile(found + " at byte " + at + " (expected: " + expected + ")");
    }
}
