package io.lightvessel.bench.load;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;

/** One zstd frame whose beginning is a raw block, so that it can be written over, and whose rest is packed once. */
final class StoredFirstZstd {

    private static final int LEVEL = 3;
    private static final int HEADER = 9;
    private static final int BLOCK_HEADER = 3;

    private final byte[] bytes;

    StoredFirstZstd(byte[] plain, int stored) {
        byte[] rest = new byte[plain.length - stored];
        System.arraycopy(plain, stored, rest, 0, rest.length);
        byte[] packed;
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            packed = context.setLevel(LEVEL).setChecksum(false).compress(rest);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length + stored + 16);
        out.writeBytes(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD});
        // One segment, its size in four bytes.
        out.write(0b1010_0000);
        littleEndian(out, plain.length, 4);
        // A raw block that is not the last.
        littleEndian(out, stored << 3, 3);
        out.write(plain, 0, stored);
        int blocks = headerLength(packed);
        out.write(packed, blocks, packed.length - blocks);
        this.bytes = out.toByteArray();
    }

    byte[] bytes() {
        return bytes;
    }

    int storedAt() {
        return HEADER + BLOCK_HEADER;
    }

    /** RFC 8878, 3.1.1.1: magic number, descriptor, and what the descriptor says. */
    private static int headerLength(byte[] frame) {
        int descriptor = frame[4] & 0xFF;
        boolean single = (descriptor & 0x20) != 0;
        int sizeLength = switch (descriptor >>> 6) {
            case 0 -> single ? 1 : 0;
            case 1 -> 2;
            case 2 -> 4;
            default -> 8;
        };
        return 5 + (single ? 0 : 1) + sizeLength;
    }

    private static void littleEndian(ByteArrayOutputStream out, int value, int length) {
        for (int i = 0; i < length; i++) {
            out.write(value >>> i * 8);
        }
    }
}
