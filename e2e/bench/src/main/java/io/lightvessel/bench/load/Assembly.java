package io.lightvessel.bench.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A body as its pieces arrive. */
final class Assembly {

    private byte[] bytes = new byte[1 << 20];
    private int size;

    void add(ByteBuffer piece) {
        int length = piece.remaining();
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
        piece.get(bytes, size, length);
        size += length;
    }

    void clear() {
        size = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }
}
