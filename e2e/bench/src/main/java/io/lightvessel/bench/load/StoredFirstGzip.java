package io.lightvessel.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A gzip member whose beginning is a stored block, so that it can be written over, and whose rest is deflated once. The
 * checksum is put together from those of the two parts.
 */
final class StoredFirstGzip implements Body.Seal {

    private static final int LEVEL = 6;
    private static final int HEADER = 10;
    private static final int STORED_HEADER = 5;

    private final byte[] bytes;
    private final int stored;
    private final int restCrc;
    private final int[] shift;
    private final CRC32 crc = new CRC32();

    StoredFirstGzip(byte[] plain, int stored) {
        this.stored = stored;
        crc.update(plain, stored, plain.length - stored);
        this.restCrc = (int) crc.getValue();
        this.shift = CrcShift.over(plain.length - stored);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF});
        out.writeBytes(new byte[] {0, (byte) stored, (byte) (stored >> 8), (byte) ~stored, (byte) (~stored >> 8)});
        out.write(plain, 0, stored);
        Deflater deflater = new Deflater(LEVEL, true);
        deflater.setInput(plain, stored, plain.length - stored);
        deflater.finish();
        byte[] piece = new byte[8192];
        while (!deflater.finished()) {
            out.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putInt(plain.length)
                .array());
        this.bytes = out.toByteArray();
        close(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    int storedAt() {
        return HEADER + STORED_HEADER;
    }

    @Override
    public void close(byte[] body) {
        crc.reset();
        crc.update(body, storedAt(), stored);
        int whole = CrcShift.apply(shift, (int) crc.getValue()) ^ restCrc;
        int at = body.length - 8;
        for (int i = 0; i < 4; i++) {
            body[at + i] = (byte) (whole >>> i * 8);
        }
    }
}
