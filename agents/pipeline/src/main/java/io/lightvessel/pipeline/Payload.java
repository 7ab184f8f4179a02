package io.lightvessel.pipeline;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.series.SeriesWalk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry of one signal as immutable wire bytes, an OTLP export request unless its {@link #form} says otherwise, plus
 * what a structural walk learned of them. Reference counted: whoever holds a reference may read it on any thread; when
 * the last one goes, memory and byte budget are given back.
 */
public final class Payload extends AbstractReferenceCounted {

    private final Signal signal;
    private final PayloadForm form;
    private final ByteBuf bytes;
    private final int records;
    private final int size;
    private final long receivedBytes;
    private final Order order;
    private final ByteBudget.@Nullable Lease lease;
    private final List<Payload> origins;
    private final Metadata metadata;
    private final @Nullable Runnable whenGone;

    private Payload(
            Signal signal,
            PayloadForm form,
            ByteBuf bytes,
            int records,
            long receivedBytes,
            Order order,
            ByteBudget.@Nullable Lease lease,
            List<Payload> origins,
            Metadata metadata) {
        this(signal, form, bytes, records, receivedBytes, order, lease, origins, metadata, null);
    }

    private Payload(
            Signal signal,
            PayloadForm form,
            ByteBuf bytes,
            int records,
            long receivedBytes,
            Order order,
            ByteBudget.@Nullable Lease lease,
            List<Payload> origins,
            Metadata metadata,
            @Nullable Runnable whenGone) {
        this.signal = signal;
        this.form = form;
        this.bytes = bytes;
        this.records = records;
        this.size = bytes.readableBytes();
        this.receivedBytes = receivedBytes;
        this.order = order;
        this.lease = lease;
        this.origins = origins;
        this.metadata = metadata;
        this.whenGone = whenGone;
    }

    /** Like {@link #walk(Signal, ByteBuf, ByteBudget.Lease)}, for bytes no budget was taken for. */
    public static Payload walk(Signal signal, ByteBuf bytes) throws MalformedPayload {
        return walk(signal, bytes, null);
    }

    /**
     * Walks the readable bytes of a request down to its records without decoding any. Takes over one reference to the
     * bytes and the lease, also when it throws.
     */
    public static Payload walk(Signal signal, ByteBuf bytes, ByteBudget.@Nullable Lease lease) throws MalformedPayload {
        return walk(signal, bytes, lease, Metadata.EMPTY);
    }

    /** Like {@link #walk(Signal, ByteBuf, ByteBudget.Lease)}, for a client whose headers are kept with its telemetry. */
    public static Payload walk(Signal signal, ByteBuf bytes, ByteBudget.@Nullable Lease lease, Metadata metadata)
            throws MalformedPayload {
        return walk(signal, bytes, lease, metadata, Order.NONE);
    }

    /** Like {@link #walk(Signal, ByteBuf, ByteBudget.Lease)}, for what has to stay in order. */
    public static Payload walk(Signal signal, ByteBuf bytes, ByteBudget.@Nullable Lease lease, Order order)
            throws MalformedPayload {
        return walk(signal, bytes, lease, Metadata.EMPTY, order);
    }

    private static Payload walk(
            Signal signal, ByteBuf bytes, ByteBudget.@Nullable Lease lease, Metadata metadata, Order order)
            throws MalformedPayload {
        boolean done = false;
        try {
            int records = PayloadWalk.countRecords(signal, bytes);
            Payload payload = new Payload(
                    signal, PayloadForm.OTLP, bytes, records, bytes.readableBytes(), order, lease, List.of(), metadata);
            done = true;
            return payload;
        } finally {
            if (!done) {
                bytes.release();
                if (lease != null) {
                    lease.release();
                }
            }
        }
    }

    /**
     * One request with the content of several of the same signal; takes over their references. Only field 1 of a
     * request is repeated, so requests merge by concatenation, and the bytes are shared, not copied. Profiles carry a
     * dictionary and cannot be merged so. Metadata stays only if all parts have the same.
     */
    public static Payload concatenated(List<Payload> parts) {
        Metadata metadata = parts.getFirst().metadata;
        for (Payload part : parts) {
            if (!part.metadata.equals(metadata)) {
                metadata = Metadata.EMPTY;
                break;
            }
        }
        return concatenated(parts, metadata);
    }

    /** Like {@link #concatenated(List)}, with metadata that the caller knows to hold for all parts. */
    public static Payload concatenated(List<Payload> parts, Metadata metadata) {
        Payload first = parts.getFirst();
        if (parts.size() == 1 && first.metadata.equals(metadata)) {
            return first;
        }
        if (parts.size() > 1 && first.signal == Signal.PROFILES) {
            throw new IllegalArgumentException("profiles cannot be concatenated (expected: traces, metrics or logs)");
        }
        for (Payload part : parts) {
            if (part.form != PayloadForm.OTLP && parts.size() > 1) {
                throw new IllegalArgumentException(
                        "payloads of form " + part.form + " cannot be concatenated (expected: OTLP)");
            }
        }
        CompositeByteBuf whole = ByteBufAllocator.DEFAULT.compositeBuffer(parts.size());
        int records = 0;
        long receivedBytes = 0;
        for (Payload part : parts) {
            if (part.signal != first.signal) {
                throw new IllegalArgumentException(part.signal + " among " + first.signal + " (expected: one signal)");
            }
            whole.addComponent(true, part.bytes.retainedDuplicate());
            records = Math.addExact(records, part.records);
            receivedBytes += part.receivedBytes;
        }
        return new Payload(
                first.signal,
                first.form,
                whole,
                records,
                receivedBytes,
                Order.ofAll(parts),
                null,
                List.copyOf(parts),
                metadata);
    }

    /** Like {@link #series(ByteBuf, ByteBudget.Lease, long)}, for series whose samples may be about any target. */
    public static Payload series(ByteBuf bytes, ByteBudget.@Nullable Lease lease) throws MalformedPayload {
        return series(bytes, lease, 0);
    }

    /** Like {@link #series(ByteBuf, ByteBudget.Lease, long, Runnable)}, for a producer that does not ask when it is gone. */
    public static Payload series(ByteBuf bytes, ByteBudget.@Nullable Lease lease, long order) throws MalformedPayload {
        return series(bytes, lease, order, null);
    }

    /**
     * Walks a request of series: it must be well-formed, begin its symbols with the empty one and refer to none that is
     * missing. Takes over one reference to the bytes and the lease, also when it throws.
     *
     * @param order the number of the sequence; 0 if it is part of none
     * @param whenGone run when nothing in this process holds the payload or what was made of it any more: backends have
     *     it, or it was dropped, or it lies on a disk; on any thread, must not block
     */
    public static Payload series(
            ByteBuf bytes, ByteBudget.@Nullable Lease lease, long order, @Nullable Runnable whenGone)
            throws MalformedPayload {
        boolean done = false;
        try {
            int records = SeriesWalk.countRecords(bytes);
            Payload payload = new Payload(
                    Signal.METRICS,
                    PayloadForm.SERIES,
                    bytes,
                    records,
                    bytes.readableBytes(),
                    Order.of(order),
                    lease,
                    List.of(),
                    Metadata.EMPTY,
                    whenGone);
            done = true;
            return payload;
        } finally {
            if (!done) {
                bytes.release();
                if (lease != null) {
                    lease.release();
                }
            }
        }
    }

    /**
     * A payload that is not OTLP, from a receiver of this process, which vouches for the bytes and for the count. Takes
     * over one reference to the bytes and the lease.
     *
     * @param records data points or profiles, counted as OTLP would count the same content
     */
    public static Payload of(PayloadForm form, ByteBuf bytes, int records, ByteBudget.@Nullable Lease lease) {
        return new Payload(
                form.signal(),
                form,
                bytes,
                records,
                bytes.readableBytes(),
                Order.NONE,
                lease,
                List.of(),
                Metadata.EMPTY);
    }

    /** What a walk has been through in another life; takes over a reference to the bytes and the lease. */
    static Payload restored(
            Signal signal,
            PayloadForm form,
            ByteBuf bytes,
            int records,
            long receivedBytes,
            Order order,
            ByteBudget.Lease lease,
            Metadata metadata) {
        return new Payload(signal, form, bytes, records, receivedBytes, order, lease, List.of(), metadata);
    }

    public Signal signal() {
        return signal;
    }

    /** How the bytes are to be read. */
    public PayloadForm form() {
        return form;
    }

    /** The bytes, to be read with absolute indices from {@code readerIndex()}, or through a duplicate or slice. */
    public ByteBuf bytes() {
        return bytes;
    }

    /** Spans, data points, log records or profiles. */
    public int records() {
        return records;
    }

    /** What the client sent along. */
    public Metadata metadata() {
        return metadata;
    }

    /** Bytes on the wire. */
    public int size() {
        return size;
    }

    /** The size in which this content was received, whatever processors have made of it; what ledgers count. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /** What it must not overtake, nor be overtaken by: the payloads of a target, say, so that its samples stay in order. */
    public Order order() {
        return order;
    }

    /** Records and received bytes, as ledgers count them. */
    public Count amount() {
        return new Count(records, receivedBytes);
    }

    /**
     * Whether the client that sent it holds no more than its share of so many bytes; never for what was not sent by one
     * client.
     */
    public boolean isWithinShareOf(long bytes) {
        ByteBudget.Lease held = lease;
        if (held != null) {
            return held.isWithinShareOf(bytes);
        }
        return origins.size() == 1 && origins.getFirst().isWithinShareOf(bytes);
    }

    /**
     * The same content as OTLP in other bytes; takes over this payload's reference and one of the bytes. The new payload
     * keeps this one's budget, so the bytes may share its memory by slices they retain.
     */
    public Payload rewritten(ByteBuf changed, int changedRecords) {
        return new Payload(
                signal, PayloadForm.OTLP, changed, changedRecords, receivedBytes, order, null, List.of(this), metadata);
    }

    /** The same payload with other metadata; takes over this one's reference. */
    public Payload with(Metadata changed) {
        return new Payload(
                signal, form, bytes.retainedDuplicate(), records, receivedBytes, order, null, List.of(this), changed);
    }

    /**
     * A piece of this payload with bytes of its own and its share of what was received; takes over one reference of
     * the bytes and adds one of its own to this payload.
     */
    public Payload piece(ByteBuf part, int partRecords, long partReceivedBytes) {
        return new Payload(
                signal, form, part, partRecords, partReceivedBytes, order, null, List.of(retain()), metadata);
    }

    @Override
    public Payload retain() {
        super.retain();
        return this;
    }

    @Override
    public Payload retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    protected void deallocate() {
        bytes.release();
        if (lease != null) {
            lease.release();
        }
        for (int i = 0; i < origins.size(); i++) {
            origins.get(i).release();
        }
        if (whenGone != null) {
            whenGone.run();
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        bytes.touch(hint);
        return this;
    }

    @Override
    public String toString() {
        return signal.label() + " payload of " + records + " records, " + size + " bytes";
    }
}
