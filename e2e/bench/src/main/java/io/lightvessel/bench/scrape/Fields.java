package io.lightvessel.bench.scrape;

import io.netty.buffer.ByteBuf;

/** Counts fields of a protobuf message two levels down. */
final class Fields {
    private static final int LENGTH_DELIMITED = 2;

    private Fields() {}

    /** How many fields {@code inner} there are in all fields {@code outer} of the readable bytes. */
    static long count(ByteBuf message, int outer, int inner) {
        long found = 0;
        int end = message.writerIndex();
        while (message.readerIndex() < end) {
            int tag = (int) varint(message);
            if (tag == (outer << 3 | LENGTH_DELIMITED)) {
                int length = (int) varint(message);
                int stop = message.readerIndex() + length;
                while (message.readerIndex() < stop) {
                    int innerTag = (int) varint(message);
                    if (innerTag >>> 3 == inner) {
                        found++;
                    }
                    skip(message, innerTag & 7);
                }
            } else {
                skip(message, tag & 7);
            }
        }
        return found;
    }

    private static void skip(ByteBuf message, int wireType) {
        switch (wireType) {
            case 0 -> varint(message);
            case 1 -> message.skipBytes(8);
            case LENGTH_DELIMITED -> message.skipBytes((int) varint(message));
            case 5 -> message.skipBytes(4);
            default -> throw new IllegalArgumentException("wire type " + wireType + " (expected: 0, 1, 2 or 5)");
        }
    }

    private static long varint(ByteBuf message) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = message.readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than ten bytes");
    }
}
