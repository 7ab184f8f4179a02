package io.lightvessel.gateway.net;

import io.netty.buffer.ByteBuf;

/** Reads past the header of a gzip member (RFC 1952), with all its optional fields. */
final class GzipHeader {
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private GzipHeader() {}

    static void skip(ByteBuf packed) throws CorruptData {
        need(packed, 10);
        if (packed.readUnsignedShort() != 0x1F8B || packed.readUnsignedByte() != 8) {
            throw new CorruptData("the body is not gzip");
        }
        int flags = packed.readUnsignedByte();
        if ((flags & RESERVED) != 0) {
            throw new CorruptData("the gzip header has unknown flags");
        }
        packed.skipBytes(6);
        if ((flags & HAS_EXTRA) != 0) {
            need(packed, 2);
            int length = packed.readUnsignedShortLE();
            need(packed, length);
            packed.skipBytes(length);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText(packed);
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText(packed);
        }
        if ((flags & HAS_CRC) != 0) {
            need(packed, 2);
            packed.skipBytes(2);
        }
    }

    private static void skipText(ByteBuf packed) throws CorruptData {
        int length = packed.bytesBefore((byte) 0);
        if (length < 0) {
            throw new CorruptData("the gzip header is cut off");
        }
        packed.skipBytes(length + 1);
    }

    private static void need(ByteBuf packed, int bytes) throws CorruptData {
        if (packed.readableBytes() < bytes) {
            throw new CorruptData("the gzip header is cut off");
        }
    }
}
