package io.lightvessel.pipeline;

import io.lightvessel.config.Signal;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The immutable wire bytes of one OTLP export request, plus what a structural walk learned of them. Reference counted:
 * whoever holds a reference may read it on any thread; when the last one goes, memory and byte budget are given back.
 */
public final class Payload {

    private Payload() {}

    /** Like {@link #walk(Signal, ByteBuf, ByteBudget.Lease)}, for bytes no budget was taken for. */
    public static Payload walk(Signal signal, ByteBuf bytes) throws MalformedPayload {
        return walk(signal, bytes, null);
    }

    /**
     * Walks the readable bytes of a request down to its records without decoding any. Takes over one reference to the
     * bytes and the lease, also when it throws.
     */
    public static Payload walk(Signal signal, ByteBuf bytes, ByteBudget.@Nullable Lease lease) throws MalformedPayload {
        throw new UnsupportedOperationException();
    }

    /** One request with the content of several of the same signal, by concatenation; takes over their references. */
    public static Payload concatenated(List<Payload> parts) {
        throw new UnsupportedOperationException();
    }

    public Signal signal() {
        throw new UnsupportedOperationException();
    }

    /** The bytes, to be read with absolute indices from {@code readerIndex()}, or through a duplicate or slice. */
    public ByteBuf bytes() {
        throw new UnsupportedOperationException();
    }

    /** Spans, data points, log records or profiles. */
    public int records() {
        throw new UnsupportedOperationException();
    }

    /** Bytes on the wire. */
    public int size() {
        throw new UnsupportedOperationException();
    }

    /** The size in which this content was received, whatever processors have made of it; what ledgers count. */
    public long receivedBytes() {
        throw new UnsupportedOperationException();
    }

    /**
     * The same content with other bytes; takes over this payload's reference and one of the bytes. The new payload
     * keeps this one's budget, so the bytes may share its memory by slices they retain.
     */
    public Payload rewritten(ByteBuf changed, int changedRecords) {
        throw new UnsupportedOperationException();
    }

    public Payload retain() {
        throw new UnsupportedOperationException();
    }

    public void release() {
        throw new UnsupportedOperationException();
    }
}
