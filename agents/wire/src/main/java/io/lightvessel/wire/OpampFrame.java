package io.lightvessel.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Turns OpAMP messages into WebSocket frames and back: a varint header that is 0, then the protobuf message. */
public final class OpampFrame {
    /** The limit OpAMP recommends for a message in either direction, after decompression. */
    public static final int MAX_MESSAGE_BYTES = 64 << 20;

    /** The default path of an OpAMP endpoint. */
    public static final String PATH = "/v1/opamp";

    private OpampFrame() {}

    /** The frame of a message; refuses what the peer would have to refuse. */
    public static byte[] encode(MessageLite message) throws FrameException {
        int size = message.getSerializedSize();
        if (size >= MAX_MESSAGE_BYTES) {
            throw tooLarge(size + 1L);
        }
        byte[] frame = new byte[size + 1];
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(frame, 1, size);
            message.writeTo(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array of the computed size was too small", impossible);
        }
        return frame;
    }

    /** The message of a frame. */
    public static <M extends MessageLite> M decode(ByteBuffer frame, Parser<M> parser) throws FrameException {
        if (frame.remaining() > MAX_MESSAGE_BYTES) {
            throw tooLarge(frame.remaining());
        }
        try {
            CodedInputStream in = CodedInputStream.newInstance(frame);
            long header = in.readRawVarint64();
            if (header != 0) {
                throw malformed("header: " + Long.toUnsignedString(header) + " (expected: 0)");
            }
            M message = parser.parseFrom(in);
            in.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw malformed("body is no OpAMP message: " + e.getMessage());
        } catch (IOException e) {
            throw malformed("frame ends early: " + e.getMessage());
        }
    }

    /** What to say when a message grows beyond the limit before it is complete. */
    public static FrameException tooLarge(long bytes) {
        return new FrameException(
                FrameException.Reason.TOO_LARGE,
                "OpAMP message: " + bytes + " bytes (expected: at most " + MAX_MESSAGE_BYTES + ")");
    }

    private static FrameException malformed(String what) {
        return new FrameException(FrameException.Reason.MALFORMED, "OpAMP frame: " + what);
    }
}
