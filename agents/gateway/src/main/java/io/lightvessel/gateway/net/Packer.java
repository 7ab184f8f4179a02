package io.lightvessel.gateway.net;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.lightvessel.gateway.codec.GzipEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Packs request bodies with gzip, zstd and zlib. */
final class Packer {
    private static final FastThreadLocal<Packer> CURRENT = new FastThreadLocal<>() {
        @Override
        protected Packer initialValue() {
            return new Packer();
        }
    };

    /** The fastest of zstd's own levels: telemetry is repetitive enough for it. */
    private static final int ZSTD_LEVEL = 1;

    private static final int PIECE = 1 << 15;

    private final GzipEncoder encoder = new GzipEncoder();
    private @Nullable ZstdCompressCtx zstd;

    private Packer() {}

    /** The calling thread's own: an encoder holds 430 KiB. */
    static Packer current() {
        return CURRENT.get();
    }

    /** Appends the gzipped readable bytes of {@code plain} to {@code out}, moving the indices of {@code out} only. */
    void gzip(ByteBuf plain, ByteBuf out) {
        encoder.encode(plain, out);
    }

    /** The same with zstd; the frame says how long its content is, so that receivers can refuse it early. */
    void zstd(ByteBuf plain, ByteBuf out) {
        int size = plain.readableBytes();
        boolean direct = plain.isDirect() && plain.nioBufferCount() == 1;
        ByteBuf input = direct ? plain.retain() : out.alloc().directBuffer(size);
        ByteBuf output = out.alloc().directBuffer((int) Math.min(Integer.MAX_VALUE - 16, Zstd.compressBound(size)));
        try {
            if (!direct) {
                input.writeBytes(plain, plain.readerIndex(), size);
            }
            ByteBuffer target = output.nioBuffer(0, output.capacity());
            int packed = context()
                    .compressDirectByteBuffer(
                            target,
                            0,
                            target.capacity(),
                            input.nioBuffer(input.readerIndex(), size).slice(),
                            0,
                            size);
            out.writeBytes(output, 0, packed);
        } finally {
            output.release();
            input.release();
        }
    }

    /** The same as a zlib stream. */
    void zlib(ByteBuf plain, ByteBuf out) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            byte[] piece = new byte[PIECE];
            for (int at = plain.readerIndex(); at < plain.writerIndex(); at += PIECE) {
                int length = Math.min(PIECE, plain.writerIndex() - at);
                plain.getBytes(at, piece, 0, length);
                deflater.setInput(piece, 0, length);
                drain(deflater, out);
            }
            deflater.finish();
            drain(deflater, out);
        } finally {
            deflater.end();
        }
    }

    /** Until it wants more, so that the piece it was given may be written over. */
    private static void drain(Deflater deflater, ByteBuf out) {
        byte[] packed = new byte[PIECE];
        for (int length = deflater.deflate(packed); length > 0; length = deflater.deflate(packed)) {
            out.writeBytes(packed, 0, length);
        }
    }

    private ZstdCompressCtx context() {
        ZstdCompressCtx known = zstd;
        if (known == null) {
            known = new ZstdCompressCtx().setLevel(ZSTD_LEVEL).setContentSize(true);
            zstd = known;
        }
        return known;
    }
}
