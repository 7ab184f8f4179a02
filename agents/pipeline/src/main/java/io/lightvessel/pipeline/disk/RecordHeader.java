package io.lightvessel.pipeline.disk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stands before every record: 48 bytes, big-endian. The header has a checksum of its own, so that a damaged body
 * leaves its length trustworthy; the mark is random for each segment, so that no payload can hold what passes for a
 * record when a damaged header makes the reader search for the next one.
 *
 * <pre>
 *  0 mark        4 checksum of the mark and of what follows here
 *  8 sequence   16 envelope length   20 body length   24 envelope checksum
 * 28 body checksum   32 received bytes   40 records   44 zero
 * </pre>
 *
 * Envelope and body follow, then zeros up to the next multiple of eight.
 */
record RecordHeader(
        long sequence,
        int envelopeLength,
        int bodyLength,
        int envelopeChecksum,
        int bodyChecksum,
        long receivedBytes,
        int records) {

    static final int SIZE = 48;
    static final int ALIGNMENT = 8;
    static final int MAX_ENVELOPE = 1 << 20;
    static final int MAX_BODY = 1 << 30;

    /** Bytes the whole record takes. */
    long length() {
        return length(envelopeLength, bodyLength);
    }

    static long length(int envelope, int body) {
        long exact = (long) SIZE + envelope + body;
        return (exact + ALIGNMENT - 1) & -ALIGNMENT;
    }

    Amount amount() {
        return new Amount(1, records, receivedBytes);
    }

    void writeTo(ByteBuffer out, int mark) {
        int at = out.position();
        out.putInt(mark).putInt(0).putLong(sequence).putInt(envelopeLength).putInt(bodyLength);
        out.putInt(envelopeChecksum)
                .putInt(bodyChecksum)
                .putLong(receivedBytes)
                .putInt(records)
                .putInt(0);
        out.putInt(at + 4, checksum(out, at));
    }

    private static int checksum(ByteBuffer bytes, int at) {
        return Checksum.of(bytes, at + 8, SIZE - 8) ^ bytes.getInt(at);
    }

    /** The header at an index; null when what is there is none. */
    static @Nullable RecordHeader read(ByteBuffer in, int at, int mark) {
        if (in.limit() - at < SIZE || in.getInt(at) != mark || in.getInt(at + 4) != checksum(in, at)) {
            return null;
        }
        RecordHeader header = new RecordHeader(
                in.getLong(at + 8),
                in.getInt(at + 16),
                in.getInt(at + 20),
                in.getInt(at + 24),
                in.getInt(at + 28),
                in.getLong(at + 32),
                in.getInt(at + 40));
        return header.isPlausible() ? header : null;
    }

    private boolean isPlausible() {
        return envelopeLength >= 0
                && envelopeLength <= MAX_ENVELOPE
                && bodyLength >= 0
                && bodyLength <= MAX_BODY
                && records >= 0
                && receivedBytes >= 0;
    }
}
