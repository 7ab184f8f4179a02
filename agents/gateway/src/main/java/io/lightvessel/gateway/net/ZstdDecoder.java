package io.lightvessel.gateway.net;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks zstd bodies (RFC 8878) of any number of frames. A frame that says how large it is goes into its buffer at
 * once; others are streamed, for which the library keeps a window of its own.
 */
final class ZstdDecoder implements BodyDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(ZstdDecoder.class);
    /** 8 MiB, the most that HTTP's zstd coding may use (RFC 9659): what is beyond the budget per event loop. */
    private static final int LARGEST_WINDOW_LOG = 23;

    private static final long UNKNOWN = -1;
    private static final long USUAL_RATIO = 5;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx().setLongMax(LARGEST_WINDOW_LOG);

    /** Whether there is a native library for this machine and it could be loaded. */
    static boolean isAvailable() {
        return Loaded.AVAILABLE;
    }

    private static final class Loaded {
        static final boolean AVAILABLE = load();

        private static boolean load() {
            try {
                Native.load();
                return true;
            } catch (LinkageError | RuntimeException e) {
                LOG.warn("zstd bodies are not taken, its library cannot be loaded: {}", e.toString());
                return false;
            }
        }
    }

    @Override
    public void decode(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        ByteBuffer input = packed.nioBuffer();
        try {
            while (input.hasRemaining()) {
                long size = Zstd.getDirectByteBufferFrameContentSize(input, input.position(), input.remaining());
                if (size == UNKNOWN) {
                    stream(input, target);
                } else if (size < 0) {
                    throw new CorruptData("the body is not zstd");
                } else {
                    whole(input, size, target);
                }
            }
        } catch (ZstdException e) {
            context.reset();
            throw new CorruptData("the compressed body is damaged: " + e.getMessage());
        }
    }

    private void whole(ByteBuffer input, long size, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        long packed = Zstd.findDirectByteBufferFrameCompressedSize(input, input.position(), input.remaining());
        if (Zstd.isError(packed)) {
            throw new CorruptData("the compressed body ends early");
        }
        target.reserve(size);
        ByteBuffer room = target.room();
        int written = context.decompressDirectByteBuffer(
                room, room.position(), (int) size, input, input.position(), (int) packed);
        target.wrote(written);
        input.position(input.position() + (int) packed);
    }

    private void stream(ByteBuffer input, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        target.expect(input.remaining() * USUAL_RATIO);
        boolean ended = false;
        while (!ended) {
            ByteBuffer room = target.room();
            int before = room.position();
            int left = input.remaining();
            ended = context.decompressDirectByteBufferStream(room, input);
            int written = room.position() - before;
            target.wrote(written);
            if (!ended && written == 0 && left == input.remaining()) {
                context.reset();
                throw new CorruptData("the compressed body ends early");
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
