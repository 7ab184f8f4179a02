package io.lightvessel.gateway.server;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** A body on its way in: its bytes and the share of the byte budget that pays for them. */
final class RequestBody {
    /** Beyond this, memory is taken as bytes arrive: an announced length alone costs budget, not memory. */
    private static final int TAKEN_AT_ONCE = 1 << 20;

    private final ByteBudget budget;
    private final Arrivals arrivals;
    private final ByteBudget.Lease lease;
    private final ByteBuf bytes;
    private long paid;
    private boolean complete;

    private RequestBody(ByteBudget budget, Arrivals arrivals, ByteBudget.Lease lease, ByteBuf bytes, long paid) {
        this.budget = budget;
        this.arrivals = arrivals;
        this.lease = lease;
        this.bytes = bytes;
        this.paid = paid;
        arrivals.add(budget, paid);
    }

    /**
     * Null when the budget, or the client's share of it, is spent.
     *
     * @param announced the length the producer announced; 0 when it did not
     * @param arrivals counts it as long as it is not complete
     */
    static @Nullable RequestBody open(
            ByteBudget budget, Object client, ByteBufAllocator allocator, int announced, int limit, Arrivals arrivals) {
        ByteBudget.Lease lease = budget.tryAcquire(announced, client);
        if (lease == null) {
            return null;
        }
        int first = announced == 0 ? Math.min(limit, 4096) : Math.min(announced, TAKEN_AT_ONCE);
        ByteBuf bytes = allocator.directBuffer(first, announced == 0 ? limit : announced);
        return new RequestBody(budget, arrivals, lease, bytes, announced);
    }

    /** False when the budget does not allow for these bytes. The caller has checked the limit. */
    boolean append(ByteBuf data, int length) {
        long needed = (long) bytes.readableBytes() + length;
        if (needed > paid) {
            if (!lease.tryGrow(needed - paid)) {
                return false;
            }
            arrivals.add(budget, needed - paid);
            paid = needed;
        }
        bytes.writeBytes(data, length);
        return true;
    }

    int size() {
        return bytes.readableBytes();
    }

    ByteBuf bytes() {
        return bytes;
    }

    ByteBudget.Lease lease() {
        return lease;
    }

    /** It goes on its way, with all that was paid for since it was unpacked. */
    void taken() {
        arrivals.took(lease.bytes());
    }

    /** All of it is there, or no more of it is wanted. */
    void complete() {
        if (!complete) {
            complete = true;
            arrivals.add(budget, -paid);
        }
    }

    void release() {
        complete();
        bytes.release();
        lease.release();
    }
}
