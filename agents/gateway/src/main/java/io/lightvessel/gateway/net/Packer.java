package io.lightvessel.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Packs request bodies with gzip. */
public final class Packer {
    /** Level 6 packs telemetry some percent smaller and takes twice the time. */
    private static final int LEVEL = 3;

    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};

    private static final FastThreadLocal<Packer> CURRENT = new FastThreadLocal<>() {
        @Override
        protected Packer initialValue() {
            return new Packer();
        }

        @Override
        protected void onRemoval(Packer value) {
            value.deflater.end();
        }
    };

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final CRC32 crc = new CRC32();

    private Packer() {}

    /** The calling thread's own: a deflater holds 256 KiB of native memory. */
    public static Packer current() {
        return CURRENT.get();
    }

    /** Appends the gzipped readable bytes of {@code plain} to {@code out}, moving the indices of {@code out} only. */
    public void gzip(ByteBuf plain, ByteBuf out) {
        out.writeBytes(HEADER);
        deflater.reset();
        crc.reset();
        for (ByteBuffer part : plain.nioBuffers()) {
            crc.update(part.duplicate());
            deflater.setInput(part);
            while (!deflater.needsInput()) {
                deflate(out);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            deflate(out);
        }
        out.writeIntLE((int) crc.getValue());
        out.writeIntLE(plain.readableBytes());
    }

    private void deflate(ByteBuf out) {
        out.ensureWritable(4096);
        int written = deflater.deflate(out.internalNioBuffer(out.writerIndex(), out.writableBytes()));
        out.writerIndex(out.writerIndex() + written);
    }
}
