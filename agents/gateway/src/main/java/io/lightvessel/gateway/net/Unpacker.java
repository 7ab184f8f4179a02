package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.EnumMap;
import java.util.Map;

/** Unpacks bodies within a size limit and the byte budget, both kept while unpacking. */
public final class Unpacker {
    private static final FastThreadLocal<Unpacker> CURRENT = new FastThreadLocal<>() {
        @Override
        protected Unpacker initialValue() {
            return new Unpacker();
        }

        @Override
        protected void onRemoval(Unpacker value) {
            value.decoders.values().forEach(BodyDecoder::close);
        }
    };

    private final Map<Coding, BodyDecoder> decoders = new EnumMap<>(Coding.class);

    private Unpacker() {}

    /** The calling thread's own: decoders hold native memory and are costly to make. */
    public static Unpacker current() {
        return CURRENT.get();
    }

    /** Unpacks a whole body; the packed bytes stay the caller's. */
    public ByteBuf unpack(Coding coding, ByteBuf packed, int limit, ByteBudget.Lease lease, ByteBufAllocator allocator)
            throws TooLarge, BudgetSpent, CorruptData {
        UnpackedBody target = new UnpackedBody(limit, lease, allocator);
        try {
            decoders.computeIfAbsent(coding, Unpacker::decoder).decode(packed, target);
            return target.take();
        } finally {
            target.close();
        }
    }

    private static BodyDecoder decoder(Coding coding) {
        return switch (coding) {
            case GZIP -> InflateDecoder.gzip();
            case ZLIB -> InflateDecoder.zlib();
            case ZSTD -> new ZstdDecoder();
            case SNAPPY -> new SnappyDecoder();
            case IDENTITY -> throw new IllegalArgumentException("coding: identity (expected: a packed body)");
        };
    }
}
