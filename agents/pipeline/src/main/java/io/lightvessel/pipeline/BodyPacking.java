package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Packs what is stored: the same symbols come with every scrape, so a log of them is mostly repetition. */
final class BodyPacking {

    private BodyPacking() {}

    /** The bytes packed; the given ones stay the caller's. */
    static ByteBuf pack(ByteBuf plain) {
        byte[] in = ByteBufUtil.getBytes(plain);
        ByteBuf packed = ByteBufAllocator.DEFAULT.heapBuffer(in.length / 4 + 64);
        byte[] chunk = new byte[16 * 1024];
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(in);
            deflater.finish();
            while (!deflater.finished()) {
                packed.writeBytes(chunk, 0, deflater.deflate(chunk));
            }
        } finally {
            deflater.end();
        }
        return packed;
    }

    /**
     * Unpacks what {@link #pack} has packed; takes over the packed bytes.
     *
     * @param size of the plain bytes, as it was written down
     */
    static ByteBuf unpack(ByteBuf packed, int size) throws DataFormatException {
        ByteBuf plain = ByteBufAllocator.DEFAULT.buffer(size, size);
        boolean done = false;
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed.nioBuffer());
            ByteBuffer target = plain.nioBuffer(0, size);
            while (target.hasRemaining() && !inflater.finished() && !inflater.needsInput()) {
                inflater.inflate(target);
            }
            if (target.hasRemaining()) {
                throw new DataFormatException(target.remaining() + " bytes are missing of " + size);
            }
            plain.writerIndex(size);
            done = true;
            return plain;
        } finally {
            inflater.end();
            packed.release();
            if (!done) {
                plain.release();
            }
        }
    }
}
