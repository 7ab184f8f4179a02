package io.lightvessel.gateway.scrape.http;

import io.lightvessel.gateway.codec.Container;
import io.lightvessel.gateway.codec.CorruptStream;
import io.lightvessel.gateway.codec.InflateStream;
import io.lightvessel.pipeline.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Unpacks a gzip body into pooled memory on the heap, within the job's limit and the byte budget, both kept meanwhile. */
public final class BodyUnpacker {
    private static final long USUAL_RATIO = 8;
    private static final long LARGEST = Integer.MAX_VALUE / 2;
    private static final int SMALLEST = 16 * 1024;

    private BodyUnpacker() {}

    /** The unpacked body, or why there is none. */
    public sealed interface Outcome {
        record Unpacked(ByteBuf body) implements Outcome {}

        record Refused(FetchResult.Failed failure) implements Outcome {}
    }

    /** The packed bytes stay the caller's. */
    public static Outcome unpack(InflateStream stream, ByteBuf packed, long bodyLimit, ByteBudget.Lease lease) {
        long limit = Math.min(bodyLimit <= 0 ? LARGEST : bodyLimit, LARGEST);
        int first = (int) Math.clamp(packed.readableBytes() * USUAL_RATIO, SMALLEST, limit + 1);
        if (!lease.tryGrow(first)) {
            return spent();
        }
        ByteBuf body = ByteBufAllocator.DEFAULT.heapBuffer(first);
        boolean done = false;
        try {
            stream.begin(Container.GZIP);
            while (true) {
                switch (stream.read(packed, body)) {
                    case NEEDS_OUTPUT -> {
                        if (body.readableBytes() > limit) {
                            return tooLarge(bodyLimit);
                        }
                        int capacity = (int) Math.min(limit + 1, body.capacity() * 2L);
                        if (!lease.tryGrow(capacity - body.capacity())) {
                            return spent();
                        }
                        body.capacity(capacity);
                    }
                    case NEEDS_INPUT, COMPLETE -> {
                        stream.end();
                        if (body.readableBytes() > limit) {
                            return tooLarge(bodyLimit);
                        }
                        done = true;
                        return new Outcome.Unpacked(body);
                    }
                }
            }
        } catch (CorruptStream e) {
            return new Outcome.Refused(new FetchResult.Failed(
                    FetchResult.Reason.UNREACHABLE, "the gzip body is damaged: " + e.getMessage()));
        } finally {
            if (!done) {
                body.release();
            }
        }
    }

    private static Outcome tooLarge(long limit) {
        return new Outcome.Refused(new FetchResult.Failed(
                FetchResult.Reason.TOO_LARGE, "body_size_limit exceeded: more than " + limit + " bytes unpacked"));
    }

    private static Outcome spent() {
        return new Outcome.Refused(new FetchResult.Failed(
                FetchResult.Reason.NO_MEMORY,
                "the agent's memory budget is spent, there is no room to unpack the answer"));
    }
}
