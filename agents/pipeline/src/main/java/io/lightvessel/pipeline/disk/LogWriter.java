package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.disk.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends groups of entries to the active segment with one gathering write; used by the committer's thread alone. */
final class LogWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(RecordHeader.ALIGNMENT);

    private final Disk disk;
    private final LogOptions options;
    private final LogState state;
    private final RandomGenerator random;
    private @Nullable Segment active;
    private @Nullable DiskFile file;
    private ByteBuffer heads = ByteBuffer.allocateDirect(4 << 10);

    LogWriter(Disk disk, LogOptions options, LogState state, RandomGenerator random) {
        this.disk = disk;
        this.options = options;
        this.state = state;
        this.random = random;
    }

    /** Commits the entries in order and tells each; those after a failure fail as well. */
    void write(List<PendingEntry> entries) {
        int from = 0;
        try {
            while (from < entries.size()) {
                Segment segment = segmentFor(entries.get(from));
                int to = from + 1;
                long length = entries.get(from).length();
                while (to < entries.size()
                        && segment.end() + length + entries.get(to).length() <= options.segmentBytes()) {
                    length += entries.get(to++).length();
                }
                List<PendingEntry> group = entries.subList(from, to);
                append(segment, group);
                from = to;
                group.forEach(PendingEntry::committed);
            }
        } catch (IOException e) {
            String reason = disk + ": " + e.getMessage();
            entries.subList(from, entries.size()).forEach(entry -> entry.failed(reason));
        }
    }

    private Segment segmentFor(PendingEntry entry) throws IOException {
        if (active != null
                && active.end() > SegmentName.HEADER_SIZE
                && active.end() + entry.length() > options.segmentBytes()) {
            seal();
        }
        return active == null ? create() : active;
    }

    private Segment create() throws IOException {
        int mark = random.nextInt();
        SegmentName name = new SegmentName(state.nextSequence(), mark == 0 ? 1 : mark);
        DiskFile created = disk.open(name.file(), true);
        boolean done = false;
        try {
            created.write(new ByteBuffer[] {name.header(System.currentTimeMillis())}, 0);
            if (options.synced()) {
                created.force();
                disk.sync();
            }
            done = true;
        } finally {
            if (!done) {
                // A name is used once, so that a later attempt cannot meet what this one left.
                state.skipTo(name.first() + 1);
                created.close();
                disk.delete(name.file());
            }
        }
        Segment segment = new Segment(name);
        state.add(segment);
        active = segment;
        file = created;
        return segment;
    }

    private void append(Segment segment, List<PendingEntry> group) throws IOException {
        DiskFile target = file;
        if (target == null) {
            throw new IllegalStateException("a segment without a file");
        }
        long first = state.nextSequence();
        ByteBuffer[] buffers = gather(segment, group, first);
        try {
            target.write(buffers, segment.end());
            if (options.synced()) {
                target.force();
            }
        } catch (IOException e) {
            state.skipTo(first + group.size());
            giveUp(segment, target);
            throw e;
        }
        state.committed(segment, group, first);
    }

    private ByteBuffer[] gather(Segment segment, List<PendingEntry> group, long first) {
        int headBytes = 0;
        for (PendingEntry entry : group) {
            headBytes += entry.headLength();
        }
        if (heads.capacity() < headBytes) {
            heads = ByteBuffer.allocateDirect(headBytes);
        }
        heads.clear();
        List<ByteBuffer> buffers = new ArrayList<>(group.size() * 3);
        long sequence = first;
        for (PendingEntry entry : group) {
            int start = heads.position();
            entry.writeHead(heads, segment.name().mark(), sequence++);
            buffers.add(heads.slice(start, heads.position() - start));
            buffers.addAll(List.of(entry.body()));
            if (entry.padding() > 0) {
                buffers.add(ZEROS.slice(0, entry.padding()));
            }
        }
        return buffers.toArray(ByteBuffer[]::new);
    }

    /**
     * After a failed write or sync nobody knows what of the file's pages is on the disk, so nothing is added to it any
     * more; what the attempt left is cut off, or else its producers' entries may be delivered twice after a restart.
     */
    private void giveUp(Segment segment, DiskFile target) {
        try {
            target.truncate(segment.end());
        } catch (IOException e) {
            LOG.warn(
                    "{}/{}: cannot be cut to what was committed: {}",
                    disk,
                    segment.name().file(),
                    e.toString());
        }
        seal();
    }

    /** Closes the active segment with a summary. */
    void seal() {
        Segment segment = active;
        DiskFile target = file;
        if (segment == null || target == null) {
            return;
        }
        active = null;
        file = null;
        state.seal(segment);
        try {
            target.close();
            new SegmentSummary(segment.end(), segment.last(), segment.all().copy()).writeTo(disk, segment.name());
        } catch (IOException e) {
            LOG.info(
                    "{}/{}: no summary, the next start will walk it: {}",
                    disk,
                    segment.name().file(),
                    e.toString());
        }
    }
}
