package io.lightvessel.gateway.codec;

import io.netty.buffer.ByteBuf;

/** Bits written low bit first into a fixed array, which is emptied into a buffer block by block. */
final class BitOutput {
    final byte[] bytes;
    int position;
    long bits;
    /** Bits not yet in {@link #bytes}; below eight between calls. */
    int count;

    /** @param size bytes that may be written between two calls of {@link #drain}, less a margin of eight */
    BitOutput(int size) {
        bytes = new byte[size + 8];
    }

    void clear() {
        position = 0;
        bits = 0;
        count = 0;
    }

    /** Appends up to 56 bits; what is above them must be zero. */
    void write(long value, int length) {
        bits |= value << count;
        count += length;
        flush();
    }

    void flush() {
        DeflateFormat.LONG.set(bytes, position, bits);
        position += count >>> 3;
        bits >>>= count & ~7;
        count &= 7;
    }

    void align() {
        if (count > 0) {
            bytes[position++] = (byte) bits;
            bits = 0;
            count = 0;
        }
    }

    void drain(ByteBuf out) {
        out.writeBytes(bytes, 0, position);
        position = 0;
    }
}
