package io.lightvessel.bench.load;

import java.nio.ByteBuffer;

/**
 * A gRPC call as the frames that go over the wire, made once; stream and number are written over for each call. The
 * same memory is sent again and again, so only one call at a time can be on its way out of it.
 */
final class FramedRequest {

    private static final int PREFIX = 5;

    private final Body body;
    private final ByteBuffer wire;
    private final int[] ends;

    FramedRequest(Body body, Telemetry telemetry, Coding coding, int port) {
        this.body = body;
        ByteBuffer headers = ByteBuffer.allocate(1024);
        Frames.literal(headers, ":method", "POST");
        Frames.literal(headers, ":scheme", "http");
        Frames.literal(headers, ":path", telemetry.method());
        Frames.literal(headers, ":authority", "127.0.0.1:" + port);
        Frames.literal(headers, "te", "trailers");
        Frames.literal(headers, "content-type", "application/grpc");
        Frames.literal(headers, "user-agent", "lightvessel-bench");
        if (coding != Coding.NONE) {
            Frames.literal(headers, "grpc-encoding", coding.label());
        }
        headers.flip();
        int message = PREFIX + body.bytes().length;
        int frames = (message + Frames.LARGEST_DATA - 1) / Frames.LARGEST_DATA;
        this.ends = new int[frames + 1];
        this.wire = ByteBuffer.allocateDirect(headers.limit() + message + (frames + 1) * Frames.HEADER);
        Frames.header(wire, headers.limit(), Frames.HEADERS, Frames.END_HEADERS, 0);
        wire.put(headers);
        ends[0] = wire.position();
        ByteBuffer content = ByteBuffer.allocate(message)
                .put((byte) (coding == Coding.NONE ? 0 : 1))
                .putInt(body.bytes().length)
                .put(body.bytes())
                .flip();
        for (int frame = 1; frame <= frames; frame++) {
            int length = Math.min(Frames.LARGEST_DATA, content.remaining());
            Frames.header(wire, length, Frames.DATA, frame == frames ? Frames.END_STREAM : 0, 0);
            wire.put(content.slice(content.position(), length));
            content.position(content.position() + length);
            ends[frame] = wire.position();
        }
        wire.position(0).limit(0);
    }

    /** Makes it the next call: nothing of it may be sent yet, see {@link #allow}. */
    void begin(int stream, int id) {
        body.number(id);
        byte[] bytes = body.bytes();
        wire.limit(wire.capacity());
        int start = 0;
        for (int frame = 0; frame < ends.length; frame++) {
            wire.putInt(start + 5, stream);
            start = ends[frame];
        }
        // Number and checksum: the first bytes and the last.
        int head = Math.min(bytes.length, 1024);
        wire.put(ends[0] + Frames.HEADER + PREFIX, bytes, 0, head);
        for (int at = bytes.length - 8; at < bytes.length; at++) {
            int inMessage = PREFIX + at;
            int frame = inMessage / Frames.LARGEST_DATA + 1;
            int inFrame = inMessage % Frames.LARGEST_DATA;
            wire.put(ends[frame - 1] + Frames.HEADER + inFrame, bytes[at]);
        }
        wire.position(0).limit(ends[0]);
    }

    /** DATA frames of a call. */
    int frames() {
        return ends.length - 1;
    }

    /** What flow control counts of a DATA frame, from 1. */
    int size(int frame) {
        return ends[frame] - ends[frame - 1] - Frames.HEADER;
    }

    /** Lets bytes up to a DATA frame's end be sent. */
    void allow(int frame) {
        wire.limit(ends[frame]);
    }

    /** Ends sending with the frame that has been begun, if one has. */
    void cutShort() {
        for (int end : ends) {
            if (wire.position() <= end) {
                wire.limit(wire.position() == end || wire.position() == 0 ? wire.position() : end);
                return;
            }
        }
    }

    ByteBuffer wire() {
        return wire;
    }

    Body body() {
        return body;
    }
}
