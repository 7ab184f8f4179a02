package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks gzip and zlib bodies within a size limit and the byte budget, both kept while unpacking. */
public final class Unpacker {
    private static final FastThreadLocal<Unpacker> CURRENT = new FastThreadLocal<>() {
        @Override
        protected Unpacker initialValue() {
            return new Unpacker();
        }

        @Override
        protected void onRemoval(Unpacker value) {
            value.raw.end();
            value.zlib.end();
        }
    };

    private final Inflater raw = new Inflater(true);
    private final Inflater zlib = new Inflater();
    private final CRC32 crc = new CRC32();

    private Unpacker() {}

    /** The calling thread's own: an inflater holds 40 KiB of native memory and is costly to make. */
    public static Unpacker current() {
        return CURRENT.get();
    }

    /** Unpacks a whole body; the packed bytes stay the caller's. */
    public ByteBuf unpack(Coding coding, ByteBuf packed, int limit, ByteBudget.Lease lease, ByteBufAllocator allocator)
            throws TooLarge, BudgetSpent, CorruptData {
        return switch (coding) {
            case GZIP -> gzip(packed, limit, lease, allocator);
            case ZLIB -> zlib(packed, limit, lease, allocator);
            case IDENTITY -> throw new IllegalArgumentException("coding: identity (expected: a packed body)");
        };
    }

    private ByteBuf gzip(ByteBuf packed, int limit, ByteBudget.Lease lease, ByteBufAllocator allocator)
            throws TooLarge, BudgetSpent, CorruptData {
        Output output = new Output(packed, limit, lease, allocator);
        try {
            do {
                GzipHeader.skip(packed);
                int start = output.bytes.writerIndex();
                inflate(raw, packed, output);
                checkTrailer(packed, output.bytes, start);
            } while (packed.isReadable());
            return output.take();
        } finally {
            output.close();
        }
    }

    /** Unpacks what HTTP calls {@code deflate}: one zlib stream. */
    private ByteBuf zlib(ByteBuf packed, int limit, ByteBudget.Lease lease, ByteBufAllocator allocator)
            throws TooLarge, BudgetSpent, CorruptData {
        Output output = new Output(packed, limit, lease, allocator);
        try {
            inflate(zlib, packed, output);
            if (packed.isReadable()) {
                throw new CorruptData(packed.readableBytes() + " bytes after the end of the zlib stream");
            }
            return output.take();
        } finally {
            output.close();
        }
    }

    private static void inflate(Inflater inflater, ByteBuf packed, Output output)
            throws TooLarge, BudgetSpent, CorruptData {
        inflater.reset();
        ByteBuffer input = packed.nioBuffer();
        inflater.setInput(input);
        try {
            while (!inflater.finished()) {
                ByteBuf target = output.writable();
                int written = inflater.inflate(target.internalNioBuffer(target.writerIndex(), target.writableBytes()));
                target.writerIndex(target.writerIndex() + written);
                if (written == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new CorruptData("the compressed body ends early");
                }
            }
        } catch (DataFormatException e) {
            throw new CorruptData("the compressed body is damaged: " + e.getMessage());
        }
        packed.skipBytes(packed.readableBytes() - input.remaining());
    }

    private void checkTrailer(ByteBuf packed, ByteBuf unpacked, int start) throws CorruptData {
        if (packed.readableBytes() < 8) {
            throw new CorruptData("the gzip trailer is cut off");
        }
        crc.reset();
        int length = unpacked.writerIndex() - start;
        crc.update(unpacked.internalNioBuffer(start, length));
        if (packed.readIntLE() != (int) crc.getValue()) {
            throw new CorruptData("the gzip checksum does not match");
        }
        if (packed.readIntLE() != length) {
            throw new CorruptData("the gzip length does not match");
        }
    }

    /** A buffer that grows with what is unpacked, paying for each step before taking it. */
    private static final class Output {
        private final int limit;
        private final ByteBudget.Lease lease;
        private final ByteBuf bytes;
        private boolean taken;

        Output(ByteBuf packed, int limit, ByteBudget.Lease lease, ByteBufAllocator allocator) throws BudgetSpent {
            this.limit = limit;
            this.lease = lease;
            // Telemetry packs about four to one; the length a gzip trailer claims is the sender's word only.
            int first = (int) Math.min(limit + 1L, Math.max(4096L, packed.readableBytes() * 5L));
            pay(first);
            bytes = allocator.directBuffer(first, limit + 1);
        }

        ByteBuf writable() throws TooLarge, BudgetSpent {
            if (bytes.writerIndex() > limit) {
                throw new TooLarge("the body is larger than " + limit + " bytes when unpacked");
            }
            if (!bytes.isWritable()) {
                grow();
            }
            return bytes;
        }

        ByteBuf take() throws TooLarge {
            if (bytes.writerIndex() > limit) {
                throw new TooLarge("the body is larger than " + limit + " bytes when unpacked");
            }
            taken = true;
            return bytes;
        }

        void close() {
            if (!taken) {
                bytes.release();
            }
        }

        /** Doubles, or takes a quarter more when the budget does not allow for that. */
        private void grow() throws BudgetSpent {
            int before = bytes.capacity();
            int capacity = (int) Math.min(limit + 1L, before * 2L);
            if (!lease.tryGrow(capacity - before)) {
                capacity = (int) Math.min(limit + 1L, before + before / 4L);
                pay(capacity - before);
            }
            bytes.capacity(capacity);
        }

        private void pay(int more) throws BudgetSpent {
            if (!lease.tryGrow(more)) {
                throw new BudgetSpent(lease.bytes() + more);
            }
        }
    }
}
