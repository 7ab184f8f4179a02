package io.lightvessel.gateway.server;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One complete request, unpacked. Owns the body and its share of the byte budget until the body is made a payload or
 * the service is through with it; belongs to one thread.
 */
public final class Request {

    private final String contentType;
    private final int maxBodyBytes;
    private final Metadata metadata;
    private final ByteBudget.Lease lease;
    private @Nullable ByteBuf bytes;

    Request(ByteBuf bytes, ByteBudget.Lease lease, String contentType, int maxBodyBytes, Metadata metadata) {
        this.bytes = bytes;
        this.lease = lease;
        this.contentType = contentType;
        this.maxBodyBytes = maxBodyBytes;
        this.metadata = metadata;
    }

    /** The body; stays the request's. */
    public ByteBuf bytes() {
        if (bytes == null) {
            throw new IllegalStateException("the body has become a payload");
        }
        return bytes;
    }

    /** Lower case, without parameters; {@code application/grpc} for gRPC. */
    public String contentType() {
        return contentType;
    }

    /** The limit for the body and for what is made of it. */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /** Pays for memory that converting the body takes besides it. */
    public void charge(long more) throws BudgetSpent {
        if (!lease.tryGrow(more)) {
            throw new BudgetSpent(lease.bytes() + more);
        }
    }

    /** A payload of the body itself, without a copy; the request has no body afterwards. */
    public Payload payload(Signal signal) throws MalformedPayload {
        ByteBuf body = bytes();
        lease.shrinkTo(body.readableBytes());
        bytes = null;
        return Payload.walk(signal, body, lease, metadata);
    }

    /**
     * A payload of bytes that were made from the body, one of which there can be several; takes over one reference to
     * the bytes, also when it throws. They are paid for by what was charged, and beyond that now.
     */
    public Payload payload(Signal signal, ByteBuf converted) throws MalformedPayload, BudgetSpent {
        int size = converted.readableBytes();
        long missing = size - lease.bytes();
        if (missing > 0 && !lease.tryGrow(missing)) {
            converted.release();
            throw new BudgetSpent(lease.bytes() + missing);
        }
        return Payload.walk(signal, converted, lease.split(size), metadata);
    }

    /** Gives back what has not become a payload's. */
    void release() {
        ByteBuf rest = bytes;
        if (rest != null) {
            bytes = null;
            rest.release();
            lease.release();
        }
    }
}
