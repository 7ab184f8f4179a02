package io.lightvessel.gateway.pprof.format;

import io.lightvessel.gateway.codec.Container;
import io.lightvessel.gateway.codec.CorruptStream;
import io.lightvessel.gateway.codec.InflateStream;
import io.lightvessel.gateway.codec.Progress;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
        try {
            read(packed, limit, null);
        } catch (BudgetSpent e) {
            throw new IllegalStateException("a budget nobody asked (expected: none)", e);
        }
    }

    /**
     * The same, paying for more memory than is always kept before it is taken; what was paid stays with the lease.
     *
     * @param lease null when nobody pays
     */
    public void read(ByteBuf packed, int limit, ByteBudget.@Nullable Lease lease) throws MalformedProfile, BudgetSpent {
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
                pay(lease, size - plain.length);
                plain = new byte[size];
            }
            packed.getBytes(packed.readerIndex(), plain, 0, size);
            return;
        }
        try {
            inflate(packed.duplicate(), limit, lease);
        } catch (CorruptStream e) {
            throw new MalformedProfile("damaged gzip: " + e.getMessage());
        }
    }

    private void inflate(ByteBuf packed, int limit, ByteBudget.@Nullable Lease lease)
            throws CorruptStream, MalformedProfile, BudgetSpent {
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
                int length = (int) Math.min(limit + 1L, plain.length * 2L);
                pay(lease, length - plain.length);
                plain = Arrays.copyOf(plain, length);
            }
        }
    }

    private static void pay(ByteBudget.@Nullable Lease lease, int more) throws BudgetSpent {
        if (lease != null && !lease.tryGrow(more)) {
            throw new BudgetSpent(lease.bytes() + more);
        }
    }

    private static MalformedProfile tooLarge(int limit) {
        return new MalformedProfile("a profile of more than " + limit + " bytes (expected: at most body_size_limit)");
    }
}
