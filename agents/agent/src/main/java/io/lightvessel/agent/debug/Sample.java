package io.lightvessel.agent.debug;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A payload's content on its way to a viewer.
 *
 * @param retained what to release after reading; null for a copy, which needs nothing
 */
record Sample(Signal signal, ByteBuf bytes, @Nullable Payload retained) {

    /** Bytes of its own, so that nothing of the payload is held for long. */
    static Sample copyOf(Payload payload) {
        byte[] copy = new byte[payload.size()];
        payload.bytes().getBytes(payload.bytes().readerIndex(), copy);
        return new Sample(payload.signal(), Unpooled.wrappedBuffer(copy), null);
    }

    static Sample retain(Payload payload) {
        return new Sample(payload.signal(), payload.bytes(), payload.retain());
    }

    int size() {
        return bytes.readableBytes();
    }

    void release() {
        if (retained != null) {
            retained.release();
        }
    }
}
