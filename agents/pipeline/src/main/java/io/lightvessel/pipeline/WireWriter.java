package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;

/** Writes the parts of the protobuf wire format that change when a message is rewritten: tags, lengths and numbers. */
public final class WireWriter {

    private WireWriter() {}

    /** Bytes a number takes. */
    public static int sizeOfVarint(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    public static void writeVarint(ByteBuf out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** Bytes a length-delimited field takes, tag and length included. */
    public static int sizeOfField(int tag, int length) {
        return sizeOfVarint(tag) + sizeOfVarint(length) + length;
    }

    /** Writes what stands before the content of a length-delimited field. */
    public static void writeFieldHeader(ByteBuf out, int tag, int length) {
        writeVarint(out, tag);
        writeVarint(out, length);
    }
}
