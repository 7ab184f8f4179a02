package io.lightvessel.gateway.codec;

import io.netty.buffer.ByteBuf;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/**
 * Unpacks gzip, zlib and raw deflate streams from input that arrives in any pieces into output of any size. It is as
 * strict as zlib, checks all checksums and lengths, and takes nothing beyond its own 170 KiB whatever a stream says
 * about itself. One thread at a time; to be used again after {@link #begin}.
 */
public final class InflateStream {
    private enum Stage {
        START,
        BODY,
        TRAILER,
        DONE
    }

    private final BitInput in = new BitInput();
    private final OutputWindow window = new OutputWindow();
    private final BlockReader blocks = new BlockReader();
    private final GzipHeader header = new GzipHeader();
    private final CRC32 crc = new CRC32();
    private final Adler32 adler = new Adler32();
    private Checksum checksum = crc;
    private Container container = Container.GZIP;
    private Stage stage = Stage.START;

    /** Forgets whatever was before and expects a new stream. */
    public void begin(Container expected) {
        container = expected;
        checksum = expected == Container.GZIP ? crc : adler;
        in.clear();
        window.clear();
        beginMember();
    }

    /**
     * Goes on with the stream: takes what it can of the input and appends to the output what there is room for; the
     * output's capacity stays as it is.
     *
     * @throws CorruptStream if the stream is damaged, or something follows its end; begin anew
     */
    public Progress read(ByteBuf input, ByteBuf output) throws CorruptStream {
        while (true) {
            Progress progress = advance();
            if (progress == Progress.NEEDS_OUTPUT) {
                window.sum(checksum);
                if (!window.drain(output)) {
                    return Progress.NEEDS_OUTPUT;
                }
                window.slide();
            } else if (input.isReadable()) {
                in.fill(input);
            } else {
                return window.drain(output) ? progress : Progress.NEEDS_OUTPUT;
            }
        }
    }

    /**
     * Says that no input will follow what was read.
     *
     * @throws CorruptStream if the stream is not complete
     */
    public void end() throws CorruptStream {
        if (stage != Stage.DONE) {
            throw new CorruptStream(in.taken(), "the end (expected: " + expectation() + ")");
        }
    }

    private String expectation() {
        return switch (stage) {
            case START -> "a header";
            case BODY -> "more of a block";
            case TRAILER -> "a checksum";
            case DONE -> "nothing";
        };
    }

    private void beginMember() {
        stage = Stage.START;
        header.begin();
        blocks.begin();
        checksum.reset();
        window.begin();
    }

    private Progress advance() throws CorruptStream {
        while (true) {
            switch (stage) {
                case START -> {
                    if (!readHeader()) {
                        return Progress.NEEDS_INPUT;
                    }
                    stage = Stage.BODY;
                }
                case BODY -> {
                    Progress progress = blocks.read(in, window);
                    if (progress != Progress.COMPLETE) {
                        return progress;
                    }
                    window.sum(checksum);
                    stage = Stage.TRAILER;
                }
                case TRAILER -> {
                    if (!readTrailer()) {
                        return Progress.NEEDS_INPUT;
                    }
                    stage = Stage.DONE;
                }
                case DONE -> {
                    if (in.available() == 0) {
                        return Progress.COMPLETE;
                    }
                    if (container != Container.GZIP) {
                        throw new CorruptStream(in.offset(), "bytes after the end of the stream (expected: none)");
                    }
                    beginMember();
                }
            }
        }
    }

    private boolean readHeader() throws CorruptStream {
        return switch (container) {
            case GZIP -> header.read(in);
            case RAW -> true;
            case ZLIB -> {
                if (in.available() < 2) {
                    yield false;
                }
                if (!isZlib()) {
                    throw new CorruptStream(in.offset(), "0x%04x (expected: a zlib header)".formatted(zlibHeader()));
                }
                yield readZlibHeader();
            }
            case ZLIB_OR_RAW -> {
                if (in.available() < 2) {
                    yield false;
                }
                container = isZlib() ? Container.ZLIB : Container.RAW;
                yield container == Container.RAW || readZlibHeader();
            }
        };
    }

    private boolean isZlib() {
        int found = zlibHeader();
        return (found >>> 8 & 0xF) == 8 && found >>> 12 <= 7 && found % 31 == 0;
    }

    private int zlibHeader() {
        return (in.bytes[in.position] & 0xFF) << 8 | in.bytes[in.position + 1] & 0xFF;
    }

    private boolean readZlibHeader() throws CorruptStream {
        if ((zlibHeader() & 0x20) != 0) {
            throw new CorruptStream(in.offset(), "a preset dictionary (expected: none)");
        }
        in.position += 2;
        return true;
    }

    private boolean readTrailer() throws CorruptStream {
        switch (container) {
            case GZIP -> {
                if (in.available() < 8) {
                    return false;
                }
                check("CRC-32", trailer(0), (int) crc.getValue());
                check("length", trailer(4), (int) window.length());
                in.position += 8;
            }
            case ZLIB -> {
                if (in.available() < 4) {
                    return false;
                }
                check("Adler-32", Integer.reverseBytes(trailer(0)), (int) adler.getValue());
                in.position += 4;
            }
            case RAW, ZLIB_OR_RAW -> {}
        }
        return true;
    }

    private int trailer(int at) {
        int start = in.position + at;
        return in.bytes[start] & 0xFF
                | (in.bytes[start + 1] & 0xFF) << 8
                | (in.bytes[start + 2] & 0xFF) << 16
                | in.bytes[start + 3] << 24;
    }

    private void check(String what, int found, int expected) throws CorruptStream {
        if (found != expected) {
            throw new CorruptStream(
                    in.offset(),
                    "%s %s (expected: %s)"
                            .formatted(what, Integer.toUnsignedString(found), Integer.toUnsignedString(expected)));
        }
    }
}
