package io.lightvessel.pipeline.protobuf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Gives readers of payloads on the heap, whatever memory they came in: reading many short texts out of direct memory
 * costs an object for each, and every byte more checks, so one copy in the beginning is cheaper. Reused, not shared.
 */
public final class HeapCopy {
    /** More than this is given back after use: one huge payload must not cost memory for ever. */
    private static final int KEPT = 8 << 20;

    private byte[] kept = new byte[64 * 1024];

    /** Valid until the next call. */
    public ProtoReader reader(ByteBuf bytes) {
        if (bytes.hasArray()) {
            return new ProtoReader(bytes);
        }
        int size = bytes.readableBytes();
        byte[] copy = kept;
        if (copy.length < size) {
            copy = new byte[Math.max(size, (int) Math.min(KEPT, copy.length * 2L))];
            if (copy.length <= KEPT) {
                kept = copy;
            }
        }
        bytes.getBytes(bytes.readerIndex(), copy, 0, size);
        return new ProtoReader(Unpooled.wrappedBuffer(copy, 0, size));
    }
}
