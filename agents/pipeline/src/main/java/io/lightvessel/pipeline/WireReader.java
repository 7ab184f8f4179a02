package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the protobuf wire format in place: tags, lengths and numbers out of a buffer, nothing copied, no object per
 * field. Reads with absolute indices, so it never disturbs the buffer or others who read it.
 */
public final class WireReader {

    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LENGTH_DELIMITED = 2;
    public static final int START_GROUP = 3;
    public static final int END_GROUP = 4;
    public static final int FIXED32 = 5;

    private static final int DEEPEST_GROUP = 100;

    private final ByteBuf bytes;
    /** The same memory without Netty's checks, which take longer than the reading; null if it is in several pieces. */
    private final @Nullable ByteBuffer memory;

    private final int origin;
    private int position;
    private int limit;

    /** Reads the buffer's readable bytes. */
    public WireReader(ByteBuf bytes) {
        this(bytes, bytes.readerIndex(), bytes.writerIndex());
    }

    /** Reads the bytes between two absolute indices. */
    public WireReader(ByteBuf bytes, int from, int to) {
        this.bytes = bytes;
        this.memory = bytes.nioBufferCount() == 1 ? bytes.nioBuffer(0, to).order(ByteOrder.LITTLE_ENDIAN) : null;
        this.origin = from;
        this.position = from;
        this.limit = to;
    }

    public static int field(int tag) {
        return tag >>> 3;
    }

    public static int wireType(int tag) {
        return tag & 7;
    }

    /** Absolute index of the next byte. */
    public int position() {
        return position;
    }

    public boolean hasMore() {
        return position < limit;
    }

    /** Reads the next field's tag, to be taken apart with {@link #field} and {@link #wireType}. */
    public int readTag() throws MalformedPayload {
        int at = position;
        long tag = readVarint();
        if (tag < 8 || tag > 0xFFFF_FFFFL || (tag & 7) > FIXED32) {
            throw malformed("tag " + Long.toUnsignedString(tag), at, "a field number and a wire type 0..5");
        }
        return (int) tag;
    }

    public long readVarint() throws MalformedPayload {
        int at = position;
        if (at >= limit) {
            throw malformed("end of message", at, "a number");
        }
        byte first = byteAt(at);
        if (first >= 0) {
            position = at + 1;
            return first;
        }
        return readLongVarint(at, first & 0x7F);
    }

    private byte byteAt(int at) {
        return memory == null ? bytes.getByte(at) : memory.get(at);
    }

    private long readLongVarint(int at, long value) throws MalformedPayload {
        int next = at + 1;
        for (int shift = 7; shift < 70; shift += 7) {
            if (next >= limit) {
                throw malformed("end of message", next, "the rest of a number");
            }
            byte b = byteAt(next++);
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                position = next;
                return value;
            }
        }
        throw malformed("a number of more than 10 bytes", at, "at most 10");
    }

    public long readFixed64() throws MalformedPayload {
        int at = advance(8);
        return memory == null ? bytes.getLongLE(at) : memory.getLong(at);
    }

    public int readFixed32() throws MalformedPayload {
        int at = advance(4);
        return memory == null ? bytes.getIntLE(at) : memory.getInt(at);
    }

    /** Reads a length that fits into what is left. */
    public int readLength() throws MalformedPayload {
        int at = position;
        long length = readVarint();
        if (length < 0 || length > limit - position) {
            throw malformed("length " + Long.toUnsignedString(length), at, "at most " + (limit - position));
        }
        return (int) length;
    }

    /** Reads a length and that many bytes as UTF-8. */
    public String readText() throws MalformedPayload {
        int length = readLength();
        String text = bytes.toString(position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    /** Skips bytes whose length has been read. */
    public void skipBytes(int length) throws MalformedPayload {
        advance(length);
    }

    /** Reads a length and narrows reading to that many bytes; returns what {@link #leave} needs to widen it again. */
    public int enter() throws MalformedPayload {
        int length = readLength();
        int outer = limit;
        limit = position + length;
        return outer;
    }

    /** Goes on behind the message that {@link #enter} went into, whether or not it was read to its end. */
    public void leave(int outer) {
        position = limit;
        limit = outer;
    }

    /** Absolute index behind the last byte that can be read now. */
    public int limit() {
        return limit;
    }

    /** Skips the value that follows a tag. */
    public void skip(int tag) throws MalformedPayload {
        switch (wireType(tag)) {
            case VARINT -> readVarint();
            case FIXED64 -> advance(8);
            case LENGTH_DELIMITED -> advance(readLength());
            case FIXED32 -> advance(4);
            case START_GROUP -> skipGroup(field(tag));
            default -> throw malformed("an end of group", position, "a field");
        }
    }

    /** Skips all fields up to the limit, and so finds out whether they are well-formed. */
    public void skipRest() throws MalformedPayload {
        while (position < limit) {
            skip(readTag());
        }
    }

    /** Groups can nest and must be closed in order; nobody has written one into OTLP, but readers must accept them. */
    private void skipGroup(int outermost) throws MalformedPayload {
        int[] open = new int[DEEPEST_GROUP];
        open[0] = outermost;
        int depth = 1;
        while (depth > 0) {
            int tag = readTag();
            switch (wireType(tag)) {
                case START_GROUP -> {
                    if (depth == DEEPEST_GROUP) {
                        throw malformed("a group " + (depth + 1) + " deep", position, "at most " + DEEPEST_GROUP);
                    }
                    open[depth++] = field(tag);
                }
                case END_GROUP -> {
                    depth--;
                    if (open[depth] != field(tag)) {
                        throw malformed("end of group " + field(tag), position, "end of group " + open[depth]);
                    }
                }
                default -> skip(tag);
            }
        }
    }

    private int advance(int length) throws MalformedPayload {
        int at = position;
        if (length > limit - at) {
            throw malformed("end of message", at, length + " more bytes");
        }
        position = at + length;
        return at;
    }

    MalformedPayload malformed(String found, int at, String expected) {
        return new MalformedPayload(found + " at byte " + (at - origin) + " (expected: " + expected + ")");
    }
}
