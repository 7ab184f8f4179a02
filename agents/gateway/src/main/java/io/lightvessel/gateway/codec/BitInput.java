package io.lightvessel.gateway.codec;

import io.netty.buffer.ByteBuf;

/** Packed input that arrives piece by piece, read as bits, low bit first, or as bytes. */
final class BitInput {
    private static final int SIZE = 1 << 14;

    final byte[] bytes = new byte[SIZE];
    int position;
    int end;
    /** Bits taken from {@link #bytes} and not yet used; those above {@link #count} are zero. */
    long bits;

    int count;
    private long taken;

    void clear() {
        position = 0;
        end = 0;
        bits = 0;
        count = 0;
        taken = 0;
    }

    /** Takes as much as there is room for. */
    void fill(ByteBuf input) {
        giveBack();
        int rest = end - position;
        System.arraycopy(bytes, position, bytes, 0, rest);
        int more = Math.min(SIZE - rest, input.readableBytes());
        input.readBytes(bytes, rest, more);
        taken += more;
        position = 0;
        end = rest + more;
    }

    /** Which byte of the stream the next unused bit is in. */
    long offset() {
        return 8 * (taken - (end - position)) - count >>> 3;
    }

    /** How long the stream is so far. */
    long taken() {
        return taken;
    }

    /** Makes at least so many bits available, 56 at most; false if the input ends before. */
    boolean need(int wanted) {
        while (count < wanted) {
            if (position == end) {
                return false;
            }
            bits |= (bytes[position++] & 0xFFL) << count;
            count += 8;
        }
        return true;
    }

    int peek(int length) {
        return (int) bits & (1 << length) - 1;
    }

    void skip(int length) {
        bits >>>= length;
        count -= length;
    }

    int take(int length) {
        int value = peek(length);
        skip(length);
        return value;
    }

    /** Goes on at the next whole byte; needs what {@link #fill} leaves: fewer than eight bits before the bytes. */
    void align() {
        giveBack();
        bits = 0;
        count = 0;
    }

    /** Puts whole bytes back, which are always among the last ones taken. */
    void giveBack() {
        position -= count >>> 3;
        count &= 7;
        bits &= (1L << count) - 1;
    }

    int available() {
        return end - position;
    }
}
