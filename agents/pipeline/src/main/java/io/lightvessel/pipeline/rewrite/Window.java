package io.lightvessel.pipeline.rewrite;

import io.netty.buffer.ByteBuf;

/**
 * A piece of a request in an array, moved along as the walk goes on, so that buffers of every make are read at the speed
 * of arrays and a request of any size takes no more memory than its largest record. Positions are the buffer's.
 */
final class Window {

    private static final int SIZE = 64 << 10;
    private static final byte[] NOTHING = {};

    private ByteBuf source = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private byte[] own = NOTHING;
    private byte[] bytes = NOTHING;
    private int shift;
    private int loadedFrom;
    private int loadedTo;
    private int limit;

    void open(ByteBuf request) {
        source = request;
        limit = request.writerIndex();
        if (request.hasArray()) {
            bytes = request.array();
            shift = request.arrayOffset();
            loadedFrom = request.readerIndex();
            loadedTo = limit;
        } else {
            if (own.length == 0) {
                own = new byte[SIZE];
            }
            bytes = own;
            loadedFrom = 0;
            loadedTo = 0;
        }
    }

    void close() {
        source = io.netty.buffer.Unpooled.EMPTY_BUFFER;
        bytes = NOTHING;
        if (own.length > SIZE) {
            own = NOTHING;
        }
    }

    /** Sees to it that so many bytes are there, and returns the index of the first one in {@link #bytes}. */
    int load(int from, int length) {
        if (from < loadedFrom || from + length > loadedTo) {
            fill(from, length);
        }
        return from + shift;
    }

    private void fill(int from, int length) {
        if (length > own.length) {
            own = new byte[length];
        }
        bytes = own;
        int size = Math.max(length, Math.min(SIZE, limit - from));
        source.getBytes(from, bytes, 0, size);
        shift = -from;
        loadedFrom = from;
        loadedTo = from + size;
    }

    /** The array that was loaded last; another one after the next {@link #load}. */
    byte[] bytes() {
        return bytes;
    }
}
