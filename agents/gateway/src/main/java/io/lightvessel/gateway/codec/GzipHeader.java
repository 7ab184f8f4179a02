package io.lightvessel.gateway.codec;

import java.util.zip.CRC32;

/** Reads the header of a gzip member (RFC 1952) with all its optional fields, none of which means anything to us. */
final class GzipHeader {
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xE0;
    private static final int FIXED = 10;

    private enum Field {
        FIXED_PART,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CRC,
        NONE
    }

    private final CRC32 crc = new CRC32();
    private Field field = Field.FIXED_PART;
    private int flags;
    private int extra;

    void begin() {
        field = Field.FIXED_PART;
        crc.reset();
    }

    /** False if it needs more input; then goes on where it was. */
    boolean read(BitInput in) throws CorruptStream {
        while (field != Field.NONE) {
            boolean read = switch (field) {
                case FIXED_PART -> readFixed(in);
                case EXTRA_LENGTH -> (flags & HAS_EXTRA) == 0 || readExtraLength(in);
                case EXTRA -> skipExtra(in);
                case NAME -> (flags & HAS_NAME) == 0 || skipText(in);
                case COMMENT -> (flags & HAS_COMMENT) == 0 || skipText(in);
                case CRC -> (flags & HAS_CRC) == 0 || checkCrc(in);
                case NONE -> true;
            };
            if (!read) {
                return false;
            }
            field = Field.values()[field.ordinal() + 1];
        }
        return true;
    }

    private boolean readFixed(BitInput in) throws CorruptStream {
        int magic = 0;
        for (int i = 0; i < Math.min(3, in.available()); i++) {
            magic = in.bytes[in.position + i] & 0xFF;
            int expected = i == 0 ? 0x1F : i == 1 ? 0x8B : 8;
            if (magic != expected) {
                throw new CorruptStream(
                        in.offset() + i, "0x%02x in a gzip header (expected: 0x%02x)".formatted(magic, expected));
            }
        }
        if (in.available() < FIXED) {
            return false;
        }
        flags = in.bytes[in.position + 3];
        if ((flags & RESERVED) != 0) {
            throw new CorruptStream(in.offset() + 3, "gzip flags 0x%02x (expected: 0..1f)".formatted(flags & 0xFF));
        }
        use(in, FIXED);
        extra = 0;
        return true;
    }

    private boolean readExtraLength(BitInput in) {
        if (in.available() < 2) {
            return false;
        }
        extra = in.bytes[in.position] & 0xFF | (in.bytes[in.position + 1] & 0xFF) << 8;
        use(in, 2);
        return true;
    }

    private boolean skipExtra(BitInput in) {
        int length = Math.min(extra, in.available());
        use(in, length);
        extra -= length;
        return extra == 0;
    }

    private boolean skipText(BitInput in) {
        for (int i = in.position; i < in.end; i++) {
            if (in.bytes[i] == 0) {
                use(in, i + 1 - in.position);
                return true;
            }
        }
        use(in, in.available());
        return false;
    }

    private boolean checkCrc(BitInput in) throws CorruptStream {
        if (in.available() < 2) {
            return false;
        }
        int found = in.bytes[in.position] & 0xFF | (in.bytes[in.position + 1] & 0xFF) << 8;
        int expected = (int) crc.getValue() & 0xFFFF;
        if (found != expected) {
            throw new CorruptStream(
                    in.offset(), "checksum 0x%04x of the gzip header (expected: 0x%04x)".formatted(found, expected));
        }
        use(in, 2);
        return true;
    }

    private void use(BitInput in, int length) {
        crc.update(in.bytes, in.position, length);
        in.position += length;
    }
}
