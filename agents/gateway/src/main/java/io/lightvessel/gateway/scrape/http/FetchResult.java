package io.lightvessel.gateway.scrape.http;

import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;

/** What became of a GET. */
public sealed interface FetchResult {

    /**
     * The target answered with 200.
     *
     * @param contentType as sent; empty when there was none
     * @param gzip whether the body is packed
     * @param body on the heap; the taker releases it
     * @param lease what was paid for the body; the taker releases it
     */
    record Answered(String contentType, boolean gzip, ByteBuf body, ByteBudget.Lease lease) implements FetchResult {}

    /** @param message one sentence; holds no secret */
    record Failed(Reason reason, String message) implements FetchResult {}

    /** Why there is no answer. */
    enum Reason {
        /** No connection, a broken one, an answer that is none, or another status than 200. */
        UNREACHABLE,
        TIMEOUT,
        TOO_LARGE,
        /** The byte budget was spent all the time. */
        NO_MEMORY,
        STOPPED
    }
}
