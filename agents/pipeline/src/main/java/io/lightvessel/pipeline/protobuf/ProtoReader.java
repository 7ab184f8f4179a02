package io.lightvessel.pipeline.protobuf;

import io.lightvessel.pipeline.MalformedPayload;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Walks protobuf wire bytes field by field without copying them or moving the buffer's own indices. */
public final class ProtoReader {
    private final ByteBuf bytes;
    private int position;
    private int limit;

    public ProtoReader(ByteBuf bytes) {
        this.bytes = bytes;
        this.position = bytes.readerIndex();
        this.limit = bytes.writerIndex();
    }

    /** Where the next byte is read, as an absolute index of the buffer. */
    public int position() {
        return position;
    }

    /** Continues at an earlier place, up to a limit. */
    public void reset(int position, int limit) {
        this.position = position;
        this.limit = limit;
    }

    public ByteBuf bytes() {
        return bytes;
    }

    /** The next field's tag (number and wire type), 0 at the end of the message. */
    public int tag() throws MalformedPayload {
        if (position >= limit) {
            return 0;
        }
        int tag = (int) varint();
        if (tag >>> 3 == 0) {
            throw malformed("field number 0");
        }
        return tag;
    }

    public long varint() throws MalformedPayload {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = octet();
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a varint of more than ten bytes");
    }

    public long fixed64() throws MalformedPayload {
        need(8);
        long value = bytes.getLongLE(position);
        position += 8;
        return value;
    }

    public int fixed32() throws MalformedPayload {
        need(4);
        int value = bytes.getIntLE(position);
        position += 4;
        return value;
    }

    /** The length of the field that follows, which is checked to lie within the message. */
    public int length() throws MalformedPayload {
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw malformed(
                    "a field of " + Long.toUnsignedString(length) + " bytes where " + (limit - position) + " are left");
        }
        return (int) length;
    }

    /** Goes into a length-delimited field; returns what {@link #leave} needs to come out again. */
    public int enter() throws MalformedPayload {
        int length = length();
        int outer = limit;
        limit = position + length;
        return outer;
    }

    public void leave(int outer) {
        position = limit;
        limit = outer;
    }

    public boolean hasMore() {
        return position < limit;
    }

    /** Moves past bytes that {@link #length} announced. */
    public void skip(int length) {
        position += length;
    }

    public void skipField(int tag) throws MalformedPayload {
        switch (tag & 7) {
            case ProtoWriter.VARINT -> varint();
            case ProtoWriter.FIXED64 -> fixed64();
            case ProtoWriter.LEN -> skip(length());
            case ProtoWriter.FIXED32 -> fixed32();
            default -> throw malformed("wire type " + (tag & 7));
        }
    }

    public String string() throws MalformedPayload {
        int length = length();
        String text = bytes.toString(position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    private byte octet() throws MalformedPayload {
        need(1);
        return bytes.getByte(position++);
    }

    private void need(int count) throws MalformedPayload {
        if (limit - position < count) {
            throw malformed("the message ends early");
        }
    }

    private MalformedPayload malformed(String what) {
        return new MalformedPayload(what + " at byte " + (position - bytes.readerIndex()));
    }
}
