package io.lightvessel.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Runs the decoder over whole streams, in pieces that may be as small as a byte on both sides. */
final class Unpacked {
    private Unpacked() {}

    static byte[] of(InflateStream stream, Container container, byte[] packed) throws CorruptStream {
        return inPieces(stream, container, packed, null, 1 << 16, 1 << 16);
    }

    /** Without a random every piece has the most bytes. */
    static byte[] inPieces(
            InflateStream stream, Container container, byte[] packed, Random random, int mostIn, int mostOut)
            throws CorruptStream {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        stream.begin(container);
        int given = 0;
        while (true) {
            int length = Math.min(packed.length - given, piece(random, mostIn));
            ByteBuf input = Unpooled.wrappedBuffer(packed, given, length);
            given += length;
            Progress progress;
            do {
                int room = piece(random, mostOut);
                ByteBuf output = Unpooled.buffer(room, room);
                progress = stream.read(input, output);
                if (progress == Progress.NEEDS_OUTPUT && output.isWritable()) {
                    throw new AssertionError("asks for output with room for " + output.writableBytes());
                }
                whole.write(output.array(), 0, output.readableBytes());
            } while (progress == Progress.NEEDS_OUTPUT);
            if (input.isReadable()) {
                throw new AssertionError("asks for input with " + input.readableBytes() + " bytes left");
            }
            if (given == packed.length) {
                stream.end();
                if (progress != Progress.COMPLETE) {
                    throw new AssertionError("ended after " + progress);
                }
                return whole.toByteArray();
            }
        }
    }

    private static int piece(Random random, int most) {
        return random == null ? most : 1 + random.nextInt(most);
    }
}
