package io.lightvessel.gateway.net;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that grows with what is unpacked into it, within a limit, paying for each step before taking it. A large body
 * that the budget has no room for is unpacked to its end without being kept, in the memory it has: whether it is to be
 * sent again or is too large for good must not depend on how much others hold.
 */
final class UnpackedBody {
    private static final int SMALLEST = 4096;
    /** Of the limit, where bodies begin to be large. Smaller ones are refused at once, since a busy agent spares work. */
    private static final int LARGE = 16;

    private final int limit;
    private final ByteBudget.Lease lease;
    private final ByteBufAllocator allocator;
    private @Nullable ByteBuf bytes;
    /** Bytes that were unpacked and not kept, beside those in the buffer. */
    private long passed;

    private boolean counting;

    UnpackedBody(int limit, ByteBudget.Lease lease, ByteBufAllocator allocator) {
        this.limit = limit;
        this.lease = lease;
        this.allocator = allocator;
    }

    /** Bytes unpacked so far. */
    long size() {
        ByteBuf written = bytes;
        return passed + (written == null ? 0 : written.writerIndex());
    }

    /** Makes room for what is likely to come, as far as limit and budget allow. */
    void expect(long more) throws BudgetSpent {
        int wanted = wanted(more);
        ByteBuf present = bytes;
        int missing = wanted - (present == null ? 0 : present.capacity());
        if (counting || missing <= 0) {
            return;
        }
        if (lease.tryGrow(missing)) {
            resize(present, wanted);
        } else if (present == null) {
            // It was only a guess.
            pay(SMALLEST);
            resize(null, SMALLEST);
        }
    }

    /** Makes room for bytes that are announced for certain, and for more if more has come before. */
    ByteBuf reserve(long more) throws TooLarge, BudgetSpent {
        if (more > limit - size()) {
            throw tooLarge();
        }
        if (counting) {
            throw new BudgetSpent(size() + more);
        }
        int wanted = wanted(more);
        ByteBuf present = bytes;
        int before = present == null ? 0 : present.capacity();
        if (present != null && wanted <= before) {
            return present;
        }
        int twice = (int) Math.clamp(before * 2L, wanted, limit + 1L);
        if (lease.tryGrow(twice - before)) {
            return resize(present, twice);
        }
        pay(wanted - before);
        return resize(present, wanted);
    }

    private int wanted(long more) {
        return (int) Math.clamp(size() + more, SMALLEST, limit + 1L);
    }

    private ByteBuf resize(@Nullable ByteBuf present, int capacity) {
        if (present != null) {
            return present.capacity(capacity);
        }
        ByteBuf made = allocator.directBuffer(capacity, limit + 1);
        bytes = made;
        return made;
    }

    /** Room for a byte at least, beyond the limit by one so that passing it is noticed. */
    ByteBuf writable() throws TooLarge, BudgetSpent {
        ByteBuf present = bytes;
        if (present == null) {
            pay(SMALLEST);
            present = resize(null, SMALLEST);
        }
        if (size() > limit) {
            throw tooLarge();
        }
        if (!present.isWritable()) {
            if (!counting) {
                grow(present);
            }
            if (counting) {
                passed += present.writerIndex();
                present.writerIndex(0);
            }
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
        if (size() > limit) {
            throw tooLarge();
        }
        if (counting) {
            throw new BudgetSpent(size());
        }
        ByteBuf present = writable();
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

    /** Doubles, or takes a quarter more when the budget does not allow for that, or goes on counting. */
    private void grow(ByteBuf present) throws BudgetSpent {
        int before = present.capacity();
        int twice = (int) Math.min(limit + 1L, before * 2L);
        int somewhat = (int) Math.min(limit + 1L, before + before / 4L);
        if (lease.tryGrow(twice - before)) {
            present.capacity(twice);
        } else if (lease.tryGrow(somewhat - before)) {
            present.capacity(somewhat);
        } else if (before > limit / LARGE) {
            counting = true;
        } else {
            throw new BudgetSpent(lease.bytes() + twice - before);
        }
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
