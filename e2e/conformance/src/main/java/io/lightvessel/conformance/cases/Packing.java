package io.lightvessel.conformance.cases;

import com.github.luben.zstd.Zstd;
import io.lightvessel.conformance.client.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses bodies, well and badly. */
final class Packing {
    private static final int TRAILER = 8;

    private Packing() {}

    private interface Packer {
        OutputStream over(OutputStream out) throws IOException;
    }

    static byte[] gzip(byte[] plain) {
        return gzip(Content.of(plain));
    }

    static byte[] gzip(Content plain) {
        return packed(plain, GZIPOutputStream::new);
    }

    /** What HTTP calls deflate: a zlib stream. */
    static byte[] zlib(byte[] plain) {
        return packed(Content.of(plain), DeflaterOutputStream::new);
    }

    static byte[] zstd(byte[] plain) {
        return Zstd.compress(plain);
    }

    private static byte[] packed(Content plain, Packer packer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer.over(bytes)) {
            plain.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Two gzip members one after another, which RFC 1952 has mean their texts together. */
    static byte[] members(byte[] plain) {
        int half = plain.length / 2;
        return joined(gzip(Arrays.copyOfRange(plain, 0, half)), gzip(Arrays.copyOfRange(plain, half, plain.length)));
    }

    /** With every optional field of the header: extra, name, comment, and the header's own checksum. */
    static byte[] fullHeader(byte[] plain) {
        byte[] header = joined(
                new byte[] {0x1f, (byte) 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3},
                new byte[] {4, 0, 'L', 'V', 0, 0},
                new byte[] {'n', 0},
                new byte[] {'c', 0});
        CRC32 crc = new CRC32();
        crc.update(header);
        long sum = crc.getValue();
        byte[] packed = gzip(plain);
        return joined(
                header, new byte[] {(byte) sum, (byte) (sum >> 8)}, Arrays.copyOfRange(packed, 10, packed.length));
    }

    /** Not compressed at all, only wrapped. */
    static byte[] stored(byte[] plain) {
        return packed(Content.of(plain), out -> new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.NO_COMPRESSION);
            }
        });
    }

    static byte[] truncated(byte[] plain) {
        byte[] packed = gzip(plain);
        return Arrays.copyOf(packed, packed.length / 2);
    }

    static byte[] withoutTrailer(byte[] plain) {
        byte[] packed = gzip(plain);
        return Arrays.copyOf(packed, packed.length - TRAILER);
    }

    static byte[] wrongChecksum(byte[] plain) {
        byte[] packed = gzip(plain);
        packed[packed.length - TRAILER] ^= 1;
        return packed;
    }

    static byte[] wrongLength(byte[] plain) {
        byte[] packed = gzip(plain);
        packed[packed.length - 4] ^= 1;
        return packed;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
