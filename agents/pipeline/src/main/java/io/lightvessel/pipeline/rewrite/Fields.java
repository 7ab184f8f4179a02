package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;

/** Reads field after field of a request, without going into what they hold. Positions are the request buffer's. */
final class Fields {

    private static final int LONGEST_HEADER = 12;

    private final Window window = new Window();
    private ByteBuf request = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private int tag;
    private int lengthAt;
    private int from;
    private int next;

    void open(ByteBuf newRequest) {
        request = newRequest;
        window.open(newRequest);
    }

    void close() {
        request = io.netty.buffer.Unpooled.EMPTY_BUFFER;
        window.close();
    }

    Window window() {
        return window;
    }

    /** Reads the header of the field that begins at a position. */
    void read(int at, int limit) throws MalformedPayload {
        int available = Math.min(LONGEST_HEADER, limit - at);
        int i = window.load(at, available);
        byte[] b = window.bytes();
        int t = b[i];
        if (available >= 2 && t > 0 && (t & 7) == WireReader.LENGTH_DELIMITED) {
            int length = b[i + 1];
            int header = 2;
            if (length < 0 && available >= 3) {
                length = length & 0x7F | b[i + 2] << 7;
                header = 3;
                if (length < 0 && available >= 4 && b[i + 3] >= 0) {
                    length = length & 0x3FFF | b[i + 3] << 14;
                    header = 4;
                }
            }
            if (length >= 0 && length <= limit - at - header) {
                tag = t;
                lengthAt = at + 1;
                from = at + header;
                next = from + length;
                return;
            }
        }
        readOdd(at, limit);
    }

    /** What is long, uncommon or malformed. */
    private void readOdd(int at, int limit) throws MalformedPayload {
        WireReader reader = new WireReader(request, request.readerIndex(), limit);
        reader.skipBytes(at - request.readerIndex());
        tag = reader.readTag();
        lengthAt = reader.position();
        if (WireReader.wireType(tag) == WireReader.LENGTH_DELIMITED) {
            int length = reader.readLength();
            from = reader.position();
            reader.skipBytes(length);
        } else {
            from = lengthAt;
            reader.skip(tag);
        }
        next = reader.position();
    }

    int tag() {
        return tag;
    }

    /** Position of the length, right behind the tag. */
    int lengthAt() {
        return lengthAt;
    }

    /** Position of the content. */
    int from() {
        return from;
    }

    /** Position of the next field. */
    int next() {
        return next;
    }
}
