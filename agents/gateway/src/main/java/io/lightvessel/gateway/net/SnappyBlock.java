package io.lightvessel.gateway.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packs with snappy's block format, which remote write and Loki demand. Netty's encoder is made for the frame format: its
 * positions have 16 bits, and blocks beyond 64 KiB come out broken.
 */
public final class SnappyBlock {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FRAGMENT = 1 << 16;
    private static final int TABLE_BITS = 14;
    /** Closer to the end than this, reading four bytes ahead is not safe any more. */
    private static final int MARGIN = 15;

    private final short[] table = new short[1 << TABLE_BITS];
    private byte[] in = new byte[0];
    private byte[] out = new byte[0];
    private int size;

    /** The packed bytes; only the first {@link #size()} mean something, until the next call. */
    public byte[] pack(byte[] plain, int length) {
        in = plain;
        int worst = 32 + length + length / 6;
        if (out.length < worst) {
            out = new byte[worst];
        }
        size = 0;
        int rest = length;
        while (rest >= 0x80) {
            out[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[size++] = (byte) rest;
        for (int start = 0; start < length; start += FRAGMENT) {
            fragment(start, Math.min(length, start + FRAGMENT));
        }
        in = new byte[0];
        return out;
    }

    public int size() {
        return size;
    }

    private void fragment(int start, int end) {
        Arrays.fill(table, (short) 0);
        int limit = end - MARGIN;
        int emitted = start;
        int position = start + 1;
        int misses = 32;
        while (position < limit) {
            int candidate = lookUp(start, position);
            if ((int) INT.get(in, candidate) != (int) INT.get(in, position)) {
                // The longer nothing matches, the larger the steps: telemetry that does not pack passes quickly.
                position += misses++ >>> 5;
                continue;
            }
            misses = 32;
            literal(emitted, position);
            int length = matchLength(candidate, position, end);
            copy(position - candidate, length);
            position += length;
            emitted = position;
            if (position < limit) {
                lookUp(start, position - 1);
            }
        }
        literal(emitted, end);
    }

    /** Where the same four bytes may have been before, and remembers that they are here now. */
    private int lookUp(int start, int position) {
        int slot = (int) INT.get(in, position) * 0x1E35A7BD >>> 32 - TABLE_BITS;
        int candidate = start + (table[slot] & 0xFFFF);
        table[slot] = (short) (position - start);
        return candidate;
    }

    private int matchLength(int earlier, int position, int end) {
        int length = 4;
        while (position + length < end && in[earlier + length] == in[position + length]) {
            length++;
        }
        return length;
    }

    private void literal(int from, int to) {
        int length = to - from;
        if (length == 0) {
            return;
        }
        int n = length - 1;
        if (n < 60) {
            out[size++] = (byte) (n << 2);
        } else if (n < 256) {
            out[size++] = (byte) (60 << 2);
            out[size++] = (byte) n;
        } else {
            out[size++] = (byte) (61 << 2);
            out[size++] = (byte) n;
            out[size++] = (byte) (n >>> 8);
        }
        System.arraycopy(in, from, out, size, length);
        size += length;
    }

    private void copy(int offset, int matched) {
        int length = matched;
        while (length >= 68) {
            copyOf64orFewer(offset, 64);
            length -= 64;
        }
        if (length > 64) {
            // Leaves at least four for the last one.
            copyOf64orFewer(offset, 60);
            length -= 60;
        }
        if (length < 12 && offset < 2048) {
            out[size++] = (byte) (offset >>> 8 << 5 | length - 4 << 2 | 1);
            out[size++] = (byte) offset;
        } else {
            copyOf64orFewer(offset, length);
        }
    }

    private void copyOf64orFewer(int offset, int length) {
        out[size++] = (byte) (length - 1 << 2 | 2);
        out[size++] = (byte) offset;
        out[size++] = (byte) (offset >>> 8);
    }
}
