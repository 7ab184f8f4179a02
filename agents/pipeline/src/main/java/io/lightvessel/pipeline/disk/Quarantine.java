package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.disk.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bytes of damaged records for people to look at, each in a file with a first line that says why. Bounded: past
 * the limit they are reported but not kept.
 */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final String SUFFIX = ".bad";

    private final Disk disk;
    private final long limit;
    private long used;

    Quarantine(Disk disk, long limit) throws IOException {
        this.disk = disk;
        this.limit = limit;
        for (String name : disk.list()) {
            if (name.endsWith(SUFFIX)) {
                try (DiskFile file = disk.open(name, false)) {
                    used += file.size();
                }
            }
        }
    }

    /** Never fails: what cannot be kept must not hold up what is sound. */
    void keep(SegmentReader segment, long from, long to, String reason) {
        String name = "quarantine-" + segment.name().file().replace(".seg", "") + "-" + from + SUFFIX;
        String where = disk + "/" + segment.name().file() + ", bytes " + from + " to " + to;
        if (to - from > limit - used) {
            LOG.error("{}: {}; not kept, for the quarantine is full ({} bytes)", where, reason, used);
            return;
        }
        try (DiskFile file = disk.open(name, true)) {
            byte[] line = (reason + "\n").getBytes(StandardCharsets.UTF_8);
            file.truncate(0);
            file.write(new ByteBuffer[] {ByteBuffer.wrap(line)}, 0);
            segment.copy(from, to, file, line.length);
            used += line.length + to - from;
            LOG.error("{}: {}; kept in {}", where, reason, name);
        } catch (IOException e) {
            LOG.error("{}: {}; could not be kept: {}", where, reason, e.toString());
        }
    }
}
