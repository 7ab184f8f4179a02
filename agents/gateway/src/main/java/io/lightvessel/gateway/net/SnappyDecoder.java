package io.lightvessel.gateway.net;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32C;

/** Unpacks snappy bodies: a single block, or a stream of framed ones with their checksums. */
final class SnappyDecoder implements BodyDecoder {
    /** The chunk every framed stream begins with: its type, its length and "sNaPpY". */
    private static final long STREAM_START = 0xFF06_0000_734E_6150L;

    private static final int COMPRESSED = 0;
    private static final int PLAIN = 1;
    private static final int FIRST_SKIPPABLE = 0x80;
    private static final int LARGEST_CHUNK = 1 << 16;

    private final CRC32C crc = new CRC32C();

    @Override
    public void decode(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        if (packed.readableBytes() >= 10 && packed.getLong(packed.readerIndex()) == STREAM_START) {
            frames(packed, target);
        } else {
            block(packed, target);
        }
    }

    private void frames(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        while (packed.isReadable()) {
            need(packed, 4);
            int type = packed.readUnsignedByte();
            int length = packed.readUnsignedMediumLE();
            need(packed, length);
            if (type == COMPRESSED || type == PLAIN) {
                need(packed, 4);
                if (length < 4) {
                    throw new CorruptData("a snappy chunk of " + length + " bytes (expected: 4 or more)");
                }
                chunk(type, packed.readSlice(length), target);
            } else if (type >= FIRST_SKIPPABLE) {
                packed.skipBytes(length);
            } else {
                throw new CorruptData("a snappy chunk of type " + type + " (expected: 0, 1 or 128..255)");
            }
        }
    }

    private void chunk(int type, ByteBuf chunk, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        int expected = chunk.readIntLE();
        long start = target.size();
        if (type == COMPRESSED) {
            block(chunk, target);
        } else {
            target.reserve(chunk.readableBytes()).writeBytes(chunk);
        }
        int length = (int) (target.size() - start);
        if (length > LARGEST_CHUNK) {
            throw new CorruptData("a snappy chunk unpacks to " + length + " bytes (expected: 65536 or fewer)");
        }
        crc.reset();
        crc.update(target.writable().internalNioBuffer((int) start, length));
        int value = (int) crc.getValue();
        if (Integer.rotateRight(value, 15) + 0xA282EAD8 != expected) {
            throw new CorruptData("a snappy checksum does not match");
        }
    }

    private static void block(ByteBuf packed, UnpackedBody target) throws TooLarge, BudgetSpent, CorruptData {
        long length = 0;
        int shift = 0;
        int part;
        do {
            if (shift > 28) {
                throw new CorruptData("the body is not snappy");
            }
            need(packed, 1);
            part = packed.readUnsignedByte();
            length |= (part & 0x7FL) << shift;
            shift += 7;
        } while (part >= 0x80);
        ByteBuf out = target.reserve(length);
        int start = out.writerIndex();
        long end = start + length;
        while (packed.isReadable()) {
            element(packed, out, start, end);
        }
        if (out.writerIndex() != end) {
            throw new CorruptData("the snappy block ends early");
        }
    }

    private static void element(ByteBuf packed, ByteBuf out, int start, long end) throws CorruptData {
        int tag = packed.readUnsignedByte();
        int high = tag >> 2;
        switch (tag & 3) {
            case 0 -> literal(packed, out, literalLength(packed, high), end);
            case 1 -> {
                need(packed, 1);
                copy(out, (tag & 0xE0) << 3 | packed.readUnsignedByte(), 4 + (high & 7), start, end);
            }
            case 2 -> {
                need(packed, 2);
                copy(out, packed.readUnsignedShortLE(), 1 + high, start, end);
            }
            default -> {
                need(packed, 4);
                copy(out, packed.readUnsignedIntLE(), 1 + high, start, end);
            }
        }
    }

    private static long literalLength(ByteBuf packed, int high) throws CorruptData {
        if (high < 60) {
            return high + 1L;
        }
        int bytes = high - 59;
        need(packed, bytes);
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length |= (long) packed.readUnsignedByte() << (8 * i);
        }
        return length + 1;
    }

    private static void literal(ByteBuf packed, ByteBuf out, long length, long end) throws CorruptData {
        need(packed, length);
        if (out.writerIndex() + length > end) {
            throw new CorruptData("the snappy block is longer than it says");
        }
        out.writeBytes(packed, (int) length);
    }

    private static void copy(ByteBuf out, long offset, int length, int start, long end) throws CorruptData {
        int at = out.writerIndex();
        if (offset == 0 || offset > at - start) {
            throw new CorruptData("the snappy block refers to before its start");
        }
        if (at + length > end) {
            throw new CorruptData("the snappy block is longer than it says");
        }
        int from = at - (int) offset;
        if (offset >= length) {
            out.setBytes(at, out, from, length);
        } else {
            // Overlapping: what was just written repeats.
            for (int i = 0; i < length; i++) {
                out.setByte(at + i, out.getByte(from + i));
            }
        }
        out.writerIndex(at + length);
    }

    private static void need(ByteBuf packed, long bytes) throws CorruptData {
        if (packed.readableBytes() < bytes) {
            throw new CorruptData("the snappy body is cut off");
        }
    }

    @Override
    public void close() {
        // Holds nothing outside the heap.
    }
}
