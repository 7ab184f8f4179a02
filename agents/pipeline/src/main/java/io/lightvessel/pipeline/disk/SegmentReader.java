package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.disk.Disk.DiskFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads one segment file: headers, contents, and what comes next where something is damaged. */
final class SegmentReader implements Closeable {

    private static final int CHUNK = 256 << 10;

    /** A record's envelope and body; the body's reference is the holder's. */
    record Content(Envelope envelope, ByteBuf body) {}

    private final SegmentName name;
    private final DiskFile file;
    private final ByteBuffer header = ByteBuffer.allocateDirect(RecordHeader.SIZE);

    SegmentReader(Disk disk, SegmentName name) throws IOException {
        this.name = name;
        this.file = disk.open(name.file(), false);
    }

    SegmentName name() {
        return name;
    }

    long size() throws IOException {
        return file.size();
    }

    /** The version an undamaged segment header names; 0 when it is damaged. */
    int version() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentName.HEADER_SIZE);
        file.read(bytes, 0);
        return SegmentName.versionOf(bytes.flip());
    }

    /** The header at a position, if a whole one is there and its record ends before the given end. */
    @Nullable
    RecordHeader headerAt(long position, long end) throws IOException {
        RecordHeader read = anyHeaderAt(position);
        return read != null && position + read.length() <= end ? read : null;
    }

    /** The header at a position, even if its record is not all there. */
    @Nullable
    RecordHeader anyHeaderAt(long position) throws IOException {
        header.clear();
        file.read(header, position);
        header.flip();
        return RecordHeader.read(header, 0, name.mark());
    }

    /** Null when the envelope is damaged. */
    @Nullable
    Envelope envelope(long position, RecordHeader record) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(record.envelopeLength());
        file.read(bytes, position + RecordHeader.SIZE);
        return decode(bytes.flip(), record);
    }

    private static @Nullable Envelope decode(ByteBuffer bytes, RecordHeader record) throws IOException {
        boolean sound = bytes.remaining() == record.envelopeLength()
                && Checksum.of(bytes, bytes.position(), bytes.remaining()) == record.envelopeChecksum();
        return sound ? EnvelopeCodec.decode(bytes, record) : null;
    }

    /** Null when a checksum does not match. */
    @Nullable
    Content content(long position, RecordHeader record) throws IOException {
        int length = record.envelopeLength() + record.bodyLength();
        ByteBuf whole = PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
        boolean done = false;
        try {
            ByteBuffer bytes = whole.internalNioBuffer(0, length);
            int start = bytes.position();
            file.read(bytes, position + RecordHeader.SIZE);
            if (bytes.hasRemaining()) {
                return null;
            }
            ByteBuffer read = bytes.duplicate().position(start);
            Envelope envelope = decode(read.slice(start, record.envelopeLength()), record);
            whole.setIndex(record.envelopeLength(), length);
            if (envelope == null || Checksum.of(whole) != record.bodyChecksum()) {
                return null;
            }
            done = true;
            return new Content(envelope, whole);
        } finally {
            if (!done) {
                whole.release();
            }
        }
    }

    /** Where the next sound header begins; the end when there is none. What cannot be read is passed over. */
    long resync(long from, long end) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK + RecordHeader.SIZE);
        long at = from + RecordHeader.ALIGNMENT - Math.floorMod(from, RecordHeader.ALIGNMENT);
        while (at < end) {
            chunk.clear();
            try {
                file.read(chunk, at);
            } catch (IOException unreadable) {
                chunk.clear();
            }
            chunk.flip();
            int span = Math.min(CHUNK, chunk.limit());
            for (int i = 0; i < span; i += RecordHeader.ALIGNMENT) {
                if (chunk.limit() - i >= RecordHeader.SIZE && chunk.getInt(i) == name.mark()) {
                    RecordHeader found = RecordHeader.read(chunk, i, name.mark());
                    if (found != null && at + i + found.length() <= end) {
                        return at + i;
                    }
                }
            }
            at += CHUNK;
        }
        return end;
    }

    /** Copies a part of the file into another. */
    void copy(long from, long to, DiskFile target, long targetPosition) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long at = from;
        while (at < to) {
            chunk.clear().limit((int) Math.min(CHUNK, to - at));
            file.read(chunk, at);
            chunk.flip();
            if (!chunk.hasRemaining()) {
                return;
            }
            int length = chunk.remaining();
            target.write(new ByteBuffer[] {chunk}, targetPosition + at - from);
            at += length;
        }
    }

    boolean isZero(long from, long to) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long at = from; at < to; at += CHUNK) {
            chunk.clear().limit((int) Math.min(CHUNK, to - at));
            file.read(chunk, at);
            chunk.flip();
            while (chunk.hasRemaining()) {
                if (chunk.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    void truncate(long size) throws IOException {
        file.truncate(size);
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
