package io.lightvessel.pipeline.disk;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An entry on its way to the disk; its checksums are computed by the producer's thread. */
final class PendingEntry {

    private static final Logger LOG = LoggerFactory.getLogger(PendingEntry.class);

    private final Envelope envelope;
    private final byte[] encoded;
    private final ByteBuf body;
    private final int bodyChecksum;
    private final DiskLog.Outcome outcome;

    /** @param body takes over a reference */
    PendingEntry(Envelope envelope, ByteBuf body, DiskLog.Outcome outcome) {
        this.envelope = envelope;
        this.encoded = EnvelopeCodec.encode(envelope);
        this.body = body;
        this.bodyChecksum = Checksum.of(body);
        this.outcome = outcome;
    }

    Envelope envelope() {
        return envelope;
    }

    /** Bytes it takes in a segment. */
    long length() {
        return RecordHeader.length(encoded.length, body.readableBytes());
    }

    /** Bytes before the body. */
    int headLength() {
        return RecordHeader.SIZE + encoded.length;
    }

    /** Zeros after the body. */
    int padding() {
        return (int) (length() - headLength() - body.readableBytes());
    }

    void writeHead(ByteBuffer out, int mark, long sequence) {
        new RecordHeader(
                        sequence,
                        encoded.length,
                        body.readableBytes(),
                        Checksum.of(encoded),
                        bodyChecksum,
                        envelope.receivedBytes(),
                        envelope.records())
                .writeTo(out, mark);
        out.put(encoded);
    }

    ByteBuffer[] body() {
        return body.nioBuffers();
    }

    boolean isTooLong() {
        return encoded.length > RecordHeader.MAX_ENVELOPE || body.readableBytes() > RecordHeader.MAX_BODY;
    }

    void committed() {
        body.release();
        tell(outcome::committed);
    }

    void failed(String reason) {
        body.release();
        tell(() -> outcome.failed(reason));
    }

    private static void tell(Runnable outcome) {
        try {
            outcome.run();
        } catch (RuntimeException e) {
            // The entries behind it must not suffer.
            LOG.error("an outcome threw, which its contract forbids", e);
        }
    }
}
