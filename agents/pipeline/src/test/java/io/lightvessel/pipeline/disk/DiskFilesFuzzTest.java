package io.lightvessel.pipeline.disk;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.disk.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small files beside the segments, with checksums that match: what is tried is not whether damage is found. */
class DiskFilesFuzzTest {
    private static final SegmentName NAME = new SegmentName(1, 7);
    private static final int SLOT = 32 << 10;
    private static final int COUNT_AT = 24;
    private static final int FIXED = 28;

    /** They say so by null. */
    private static final class Unreadable extends Exception {}

    @TempDir
    Path directory;

    @Test
    void summaries() throws IOException {
        try (Disk disk = FileDisk.open(directory, Duration.ofSeconds(1))) {
            Fuzz.run(
                    "summary",
                    3000,
                    input -> {
                        ByteBuffer bytes = ByteBuffer.allocate(4 + input.length + 4);
                        bytes.putInt(NAME.mark()).put(input);
                        bytes.putInt(Checksum.of(bytes, 0, bytes.position()));
                        try (DiskFile file = disk.open(NAME.summaryFile(), true)) {
                            file.truncate(0);
                            file.write(new ByteBuffer[] {bytes.flip()}, 0);
                        }
                        return said(SegmentSummary.read(disk, NAME)).amounts().size();
                    },
                    Unreadable.class);
        }
    }

    @Test
    void acknowledgements() throws IOException {
        try (Disk disk = FileDisk.open(directory, Duration.ofSeconds(1))) {
            Fuzz.run(
                    "acknowledged",
                    3000,
                    input -> {
                        ByteBuffer slot = ByteBuffer.allocate(SLOT);
                        slot.putInt(0x4c56_4131).put(input, 0, Math.min(input.length, SLOT - 8));
                        int length = FIXED + 16 * Math.clamp(slot.getInt(COUNT_AT), 0, (SLOT - FIXED - 4) / 16);
                        slot.putInt(length, Checksum.of(slot, 0, length));
                        try (AcknowledgedFile file = AcknowledgedFile.open(disk)) {
                            try (DiskFile raw = disk.open(AcknowledgedFile.NAME, true)) {
                                raw.write(new ByteBuffer[] {slot.clear()}, 0);
                            }
                            return said(file.read()).hashCode() % 8;
                        }
                    },
                    Unreadable.class);
        }
    }

    private static <T> T said(@Nullable T read) throws Unreadable {
        if (read == null) {
            throw new Unreadable();
        }
        return read;
    }
}
