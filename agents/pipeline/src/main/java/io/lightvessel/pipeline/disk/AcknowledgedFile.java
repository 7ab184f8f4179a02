package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.disk.Disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what has been acknowledged in two slots of one file that are written in turn, so that a torn write leaves the
 * one before. The file has its full size from the start: a full disk does not keep acknowledgements from being written.
 */
final class AcknowledgedFile implements Closeable {

    static final String NAME = "acknowledged";
    private static final int SLOT = 32 << 10;
    private static final int MAGIC = 0x4c56_4131; // "LVA1"
    private static final int FIXED = 28;
    private static final int MAX_RANGES = (SLOT - FIXED - 4) / 16;

    private final DiskFile file;
    private long generation;

    private AcknowledgedFile(DiskFile file) {
        this.file = file;
    }

    static AcknowledgedFile open(Disk disk) throws IOException {
        DiskFile file = disk.open(NAME, true);
        boolean done = false;
        try {
            if (file.size() < 2 * SLOT) {
                long size = file.size();
                file.write(new ByteBuffer[] {ByteBuffer.allocate((int) (2 * SLOT - size))}, size);
                file.force();
                disk.sync();
            }
            done = true;
            return new AcknowledgedFile(file);
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    /** What was written last; null when there is nothing readable. */
    @Nullable
    Acknowledged read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * SLOT);
        file.read(bytes, 0);
        Acknowledged latest = null;
        for (int slot = 0; slot < 2; slot++) {
            int at = slot * SLOT;
            int count = bytes.getInt(at + 24);
            if (bytes.getInt(at) != MAGIC || count < 0 || count > MAX_RANGES) {
                continue;
            }
            int length = FIXED + 16 * count;
            if (bytes.getInt(at + length) != Checksum.of(bytes, at, length) || bytes.getLong(at + 8) <= generation) {
                continue;
            }
            generation = bytes.getLong(at + 8);
            List<Acknowledged.Range> ranges = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int range = at + FIXED + 16 * i;
                ranges.add(new Acknowledged.Range(bytes.getLong(range), bytes.getLong(range + 8)));
            }
            latest = new Acknowledged(bytes.getLong(at + 16), ranges);
        }
        return latest;
    }

    /** Ranges beyond what a slot holds are left out, which costs duplicates after a crash and nothing else. */
    void write(long pointer, List<Acknowledged.Range> ranges) throws IOException {
        int count = Math.min(ranges.size(), MAX_RANGES);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED + 16 * count + 4);
        long next = generation + 1;
        bytes.putInt(MAGIC).putInt(0).putLong(next).putLong(pointer).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.putLong(ranges.get(i).from()).putLong(ranges.get(i).to());
        }
        bytes.putInt(Checksum.of(bytes, 0, bytes.position()));
        file.write(new ByteBuffer[] {bytes.flip()}, next % 2 * SLOT);
        generation = next;
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
