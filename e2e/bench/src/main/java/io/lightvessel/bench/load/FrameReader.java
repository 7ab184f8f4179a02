package io.lightvessel.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Takes HTTP/2 frames off a connection, as many as one read brings. */
final class FrameReader {

    /** Is given a frame's content between position and limit, and need not read it. */
    @FunctionalInterface
    interface Handler {
        void frame(int type, int flags, int stream, ByteBuffer content) throws IOException;
    }

    private final SocketChannel channel;
    private final ByteBuffer in;
    private final Handler handler;
    private final byte[] preface;
    private boolean started;

    /** @param preface what must come before the first frame */
    FrameReader(SocketChannel channel, int capacity, byte[] preface, Handler handler) {
        this.channel = channel;
        this.in = ByteBuffer.allocateDirect(capacity);
        this.handler = handler;
        this.preface = preface;
    }

    void read() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the agent closed a connection");
        }
        in.flip();
        if (!started && in.remaining() >= preface.length) {
            for (byte expected : preface) {
                if (in.get() != expected) {
                    throw new IOException("the agent does not speak HTTP/2 (expected: its preface)");
                }
            }
            started = true;
        }
        while (started && in.remaining() >= Frames.HEADER) {
            int at = in.position();
            int length = in.getInt(at) >>> 8;
            if (length > in.capacity() - Frames.HEADER) {
                throw new IOException(
                        "a frame of " + length + " bytes (expected: at most " + Frames.LARGEST_DATA + ")");
            }
            if (in.remaining() < Frames.HEADER + length) {
                break;
            }
            int type = in.get(at + 3);
            int flags = in.get(at + 4);
            int stream = in.getInt(at + 5) & 0x7FFF_FFFF;
            int limit = in.limit();
            in.position(at + Frames.HEADER).limit(at + Frames.HEADER + length);
            strip(type, flags);
            handler.frame(type, flags, stream, in);
            in.limit(limit).position(at + Frames.HEADER + length);
        }
        in.compact();
    }

    private void strip(int type, int flags) {
        if (type != Frames.DATA && type != Frames.HEADERS) {
            return;
        }
        if ((flags & Frames.PADDED) != 0) {
            int padding = in.get() & 0xFF;
            in.limit(in.limit() - padding);
        }
        if (type == Frames.HEADERS && (flags & Frames.PRIORITY) != 0) {
            in.position(in.position() + 5);
        }
    }
}
