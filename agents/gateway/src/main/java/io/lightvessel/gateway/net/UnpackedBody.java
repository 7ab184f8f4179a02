package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A buffer that grows with what is unpacked into it, within a limit, paying for each step before taking it. */
final class UnpackedBody {
    private static final int SMALLEST = 4096;

    private final int limit;
    private final ByteBudget.Lease lease;
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf bytes;

    UnpackedBody(int limit, ByteBudget.Lease lease, ByteBufAllocator allocator) {
        this.limit = limit;
        this.lease = lease;
        this.allocator = allocator;
    }

    int size() {
        ByteBuf written = bytes;
        return written == null ? 0 : written.writerIndex();
    }

    /** Makes room for what is likely to come, or as much of it as the limit allows. */
    ByteBuf expect(long more) throws BudgetSpent {
        int wanted = (int) Math.clamp(size() + more, SMALLEST, limit + 1L);
        ByteBuf present = bytes;
        if (present == null) {
            pay(wanted);
            present = allocator.directBuffer(wanted, limit + 1);
            bytes = present;
        } else if (present.capacity() < wanted) {
            pay(wanted - present.capacity());
            present.capacity(wanted);
        }
        return present;
    }

    /** Makes room for bytes that are announced for certain. */
    ByteBuf reserve(long more) throws TooLarge, BudgetSpent {
        if (more > limit - size()) {
            throw tooLarge();
        }
        return expect(more);
    }

    /** Room for a byte at least, beyond the limit by one so that passing it is noticed. */
    ByteBuf writable() throws TooLarge, BudgetSpent {
        ByteBuf present = bytes == null ? expect(SMALLEST) : bytes;
        if (present.writerIndex() > limit) {
            throw tooLarge();
        }
        if (!present.isWritable()) {
            grow(present);
        }
        return present;
    }

    /** The free part of {@link #writable()}, to be followed by {@link #wrote}. */
    ByteBuffer room() throws TooLarge, BudgetSpent {
        ByteBuf present = writable();
        return present.internalNioBuffer(present.writerIndex(), present.writableBytes());
    }

    void wrote(int length) {
        ByteBuf present = bytes;
        if (present != null) {
            present.writerIndex(present.writerIndex() + length);
        }
    }

    /** Hands over what was unpacked. */
    ByteBuf take() throws TooLarge, BudgetSpent {
        ByteBuf present = bytes == null ? expect(0) : bytes;
        if (present.writerIndex() > limit) {
            throw tooLarge();
        }
        bytes = null;
        return present;
    }

    void close() {
        ByteBuf rest = bytes;
        bytes = null;
        if (rest != null) {
            rest.release();
        }
    }

    /** Doubles, or takes a quarter more when the budget does not allow for that. */
    private void grow(ByteBuf present) throws BudgetSpent {
        int before = present.capacity();
        int capacity = (int) Math.min(limit + 1L, before * 2L);
        if (!lease.tryGrow(capacity - before)) {
            capacity = (int) Math.min(limit + 1L, before + before / 4L);
            pay(capacity - before);
        }
        present.capacity(capacity);
    }

    private void pay(int more) throws BudgetSpent {
        if (!lease.tryGrow(more)) {
            throw new BudgetSpent(lease.bytes() + more);
        }
    }

    private TooLarge tooLarge() {
        return new TooLarge("the body is larger than " + limit + " bytes when unpacked");
    }
}
