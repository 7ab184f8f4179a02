package io.lightvessel.gateway.net;

import io.lightvessel.gateway.codec.Container;
import io.lightvessel.gateway.codec.CorruptStream;
import io.lightvessel.gateway.codec.InflateStream;
import io.netty.buffer.ByteBuf;

/** Unpacks gzip bodies of any number of members, or what clients mean by deflate, with our own inflater. */
final class InflateDecoder implements BodyDecoder {
    /** Telemetry packs about four to one; the length a gzip trailer claims is the sender's word only. */
    private static final long USUAL_RATIO = 5;

    private final Container container;
    private final InflateStream stream = new InflateStream();

    private InflateDecoder(Container container) {
        this.container = container;
    }

    static InflateDecoder gzip() {
        return new InflateDecoder(Container.GZIP);
    }

    static InflateDecoder zlib() {
        return new InflateDecoder(Container.ZLIB_OR_RAW);
    }

    @Override
    public void decode(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        target.expect(packed.readableBytes() * USUAL_RATIO);
        stream.begin(container);
        try {
            while (true) {
                switch (stream.read(packed, target.writable())) {
                    case NEEDS_OUTPUT -> {
                        // The target grows when it is asked again, or says that it may not.
                    }
                    case NEEDS_INPUT, COMPLETE -> {
                        stream.end();
                        return;
                    }
                }
            }
        } catch (CorruptStream e) {
            throw new CorruptData("the compressed body is damaged: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        // Holds nothing outside the heap.
    }
}
