package io.lightvessel.gateway.scrape.http;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A body as it arrives, in pooled memory on the heap that is paid for before it is taken. */
final class BodyBuffer {
    private static final int SMALLEST = 8 * 1024;
    private static final int LARGEST_FIRST = 1 << 20;
    private static final long LARGEST = Integer.MAX_VALUE / 2;

    enum Outcome {
        TAKEN,
        TOO_LARGE,
        /** To be tried again. */
        BUDGET_SPENT,
        /** The budget is spent, and much of it by this body, so that others would wait for it in vain. */
        GIVES_WAY
    }

    private final long limit;
    private final long waitsWith;
    private final ByteBudget.Lease lease;
    private final ByteBuf bytes;

    /**
     * @param limit bytes that are taken; one more is too large
     * @param waitsWith bytes of the budget that may be held while there are no more
     */
    BodyBuffer(long announced, long limit, long waitsWith, ByteBudget.Lease lease) {
        this.waitsWith = waitsWith;
        this.limit = Math.min(limit <= 0 ? LARGEST : limit, LARGEST);
        this.lease = lease;
        int first = (int) Math.clamp(Math.min(announced, lease.bytes()), SMALLEST, LARGEST_FIRST);
        this.bytes = ByteBufAllocator.DEFAULT.heapBuffer(first);
    }

    /** Takes all of the piece or nothing. */
    Outcome add(ByteBuf piece) {
        long size = (long) bytes.readableBytes() + piece.readableBytes();
        if (size > limit) {
            return Outcome.TOO_LARGE;
        }
        if (size > bytes.capacity()) {
            long capacity = Math.max(size, Math.min(limit, bytes.capacity() * 2L));
            if (!pay(capacity)) {
                capacity = Math.min(limit, size + (size >> 3));
                if (!pay(capacity)) {
                    return lease.bytes() > waitsWith ? Outcome.GIVES_WAY : Outcome.BUDGET_SPENT;
                }
            }
            bytes.capacity((int) capacity);
        }
        bytes.writeBytes(piece);
        return Outcome.TAKEN;
    }

    private boolean pay(long capacity) {
        long missing = capacity - lease.bytes();
        return missing <= 0 || lease.tryGrow(missing);
    }

    int size() {
        return bytes.readableBytes();
    }

    ByteBuf take() {
        return bytes;
    }

    void release() {
        bytes.release();
    }
}
