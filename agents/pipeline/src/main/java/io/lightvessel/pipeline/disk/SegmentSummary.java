package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.disk.Disk.DiskFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed segment holds, in a small file beside it, so that a start with a large backlog need not read the
 * segments. Whoever finds it missing or damaged walks the segment's headers instead.
 *
 * @param end where the segment's records end
 * @param last its highest sequence number
 */
record SegmentSummary(long end, long last, Map<String, Amount> amounts) {

    private static final int MAX_SIZE = 16 << 20;

    void writeTo(Disk disk, SegmentName name) throws IOException {
        int size = 4 + 8 + 8 + 4;
        for (String pipeline : amounts.keySet()) {
            size += 4 + 24 + pipeline.getBytes(StandardCharsets.UTF_8).length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size + 4);
        bytes.putInt(name.mark()).putLong(end).putLong(last).putInt(amounts.size());
        amounts.forEach((pipeline, amount) -> {
            byte[] text = pipeline.getBytes(StandardCharsets.UTF_8);
            bytes.putInt(text.length).put(text);
            bytes.putLong(amount.requests()).putLong(amount.records()).putLong(amount.bytes());
        });
        bytes.putInt(Checksum.of(bytes, 0, size));
        try (DiskFile file = disk.open(name.summaryFile(), true)) {
            file.truncate(0);
            file.write(new ByteBuffer[] {bytes.flip()}, 0);
        }
    }

    /** Null when it cannot be relied on. */
    static @Nullable SegmentSummary read(Disk disk, SegmentName name) {
        try (DiskFile file = disk.open(name.summaryFile(), false)) {
            long size = file.size();
            if (size < 28 || size > MAX_SIZE) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            file.read(bytes, 0);
            bytes.flip();
            if (bytes.limit() != size
                    || bytes.getInt((int) size - 4) != Checksum.of(bytes, 0, (int) size - 4)
                    || bytes.getInt() != name.mark()) {
                return null;
            }
            return parse(bytes);
        } catch (IOException | BufferUnderflowException e) {
            return null;
        }
    }

    private static SegmentSummary parse(ByteBuffer bytes) {
        long end = bytes.getLong();
        long last = bytes.getLong();
        Amounts amounts = new Amounts();
        for (int count = bytes.getInt(); count > 0; count--) {
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new BufferUnderflowException();
            }
            byte[] text = new byte[length];
            bytes.get(text);
            amounts.add(
                    new String(text, StandardCharsets.UTF_8),
                    new Amount(bytes.getLong(), bytes.getLong(), bytes.getLong()));
        }
        return new SegmentSummary(end, last, amounts.copy());
    }
}
