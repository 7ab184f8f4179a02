package io.lightvessel.gateway.net;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks gzip bodies of any number of members, or one zlib stream, with the JDK's inflater. */
final class InflateDecoder implements BodyDecoder {
    /** Telemetry packs about four to one; the length a gzip trailer claims is the sender's word only. */
    private static final long USUAL_RATIO = 5;

    private final boolean gzip;
    private final Inflater inflater;
    private final CRC32 crc = new CRC32();

    private InflateDecoder(boolean gzip) {
        this.gzip = gzip;
        this.inflater = new Inflater(gzip);
    }

    static InflateDecoder gzip() {
        return new InflateDecoder(true);
    }

    static InflateDecoder zlib() {
        return new InflateDecoder(false);
    }

    @Override
    public void decode(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        target.expect(packed.readableBytes() * USUAL_RATIO);
        if (!gzip) {
            inflate(packed, target);
            if (packed.isReadable()) {
                throw new CorruptData(packed.readableBytes() + " bytes after the end of the zlib stream");
            }
            return;
        }
        do {
            GzipHeader.skip(packed);
            int start = target.size();
            inflate(packed, target);
            checkTrailer(packed, target.writable(), start);
        } while (packed.isReadable());
    }

    private void inflate(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        inflater.reset();
        ByteBuffer input = packed.nioBuffer();
        inflater.setInput(input);
        try {
            while (!inflater.finished()) {
                int written = inflater.inflate(target.room());
                target.wrote(written);
                if (written == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new CorruptData("the compressed body ends early");
                }
            }
        } catch (DataFormatException e) {
            throw new CorruptData("the compressed body is damaged: " + e.getMessage());
        }
        packed.skipBytes(packed.readableBytes() - input.remaining());
    }

    private void checkTrailer(ByteBuf packed, ByteBuf unpacked, int start) throws CorruptData {
        if (packed.readableBytes() < 8) {
            throw new CorruptData("the gzip trailer is cut off");
        }
        crc.reset();
        int length = unpacked.writerIndex() - start;
        crc.update(unpacked.internalNioBuffer(start, length));
        if (packed.readIntLE() != (int) crc.getValue()) {
            throw new CorruptData("the gzip checksum does not match");
        }
        if (packed.readIntLE() != length) {
            throw new CorruptData("the gzip length does not match");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
