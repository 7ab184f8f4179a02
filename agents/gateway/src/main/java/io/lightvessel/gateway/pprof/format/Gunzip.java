package io.lightvessel.gateway.pprof.format;

import io.lightvessel.gateway.codec.Container;
import io.lightvessel.gateway.codec.CorruptStream;
import io.lightvessel.gateway.codec.InflateStream;
import io.lightvessel.gateway.codec.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** Unpacks one profile after another into an array of its own, up to a size. One thread at a time. */
public final class Gunzip {
    /** A larger array, which one huge profile needed, is given up after it. */
    private static final int KEPT = 4 << 20;

    private final InflateStream stream = new InflateStream();
    private byte[] plain = new byte[256 * 1024];
    private int size;

    /** What was unpacked last; valid until the next call. */
    public byte[] array() {
        return plain;
    }

    public int size() {
        return size;
    }

    public static boolean isPacked(ByteBuf bytes) {
        int at = bytes.readerIndex();
        return bytes.readableBytes() >= 2 && bytes.getByte(at) == 0x1F && bytes.getByte(at + 1) == (byte) 0x8B;
    }

    /**
     * Unpacks what is readable, or copies it when it is not packed; the indices of the given bytes stay.
     *
     * @throws MalformedProfile when it is damaged or larger than the limit
     */
    public void read(ByteBuf packed, int limit) throws MalformedProfile {
        if (plain.length > KEPT) {
            plain = new byte[256 * 1024];
        }
        size = 0;
        if (!isPacked(packed)) {
            size = packed.readableBytes();
            if (size > limit) {
                throw tooLarge(limit);
            }
            if (plain.length < size) {
                plain = new byte[size];
            }
            packed.getBytes(packed.readerIndex(), plain, 0, size);
            return;
        }
        try {
            inflate(packed.duplicate(), limit);
        } catch (CorruptStream e) {
            throw new MalformedProfile("damaged gzip: " + e.getMessage());
        }
    }

    private void inflate(ByteBuf packed, int limit) throws CorruptStream, MalformedProfile {
        stream.begin(Container.GZIP);
        while (true) {
            ByteBuf room =
                    Unpooled.wrappedBuffer(plain, size, plain.length - size).clear();
            Progress progress = stream.read(packed, room);
            size += room.writerIndex();
            if (size > limit) {
                throw tooLarge(limit);
            }
            if (progress != Progress.NEEDS_OUTPUT) {
                stream.end();
                return;
            }
            if (size == plain.length) {
                plain = Arrays.copyOf(plain, (int) Math.min(limit + 1L, plain.length * 2L));
            }
        }
    }

    private static MalformedProfile tooLarge(int limit) {
        return new MalformedProfile("a profile of more than " + limit + " bytes (expected: at most body_size_limit)");
    }
}
