package io.lightvessel.pipeline.disk;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a log's entries in order, one caller at a time, and steps over what is damaged. */
final class LogCursor {

    private static final Logger LOG = LoggerFactory.getLogger(LogCursor.class);
    private static final int ATTEMPTS = 5;
    private static final int SECTOR = 4096;

    private final Disk disk;
    private final LogState state;
    private final Quarantine quarantine;
    private final LogListener listener;
    private @Nullable SegmentReader reader;
    private @Nullable Segment segment;
    private long position;
    private long lastSeen;
    private long expected;
    private int failures;

    LogCursor(Disk disk, LogState state, Quarantine quarantine, LogListener listener) {
        this.disk = disk;
        this.state = state;
        this.quarantine = quarantine;
        this.listener = listener;
        this.expected = state.checkpoint().pointer();
    }

    /** The next entry; null when all that is committed has been handed out. */
    @Nullable
    Stored next() throws IOException {
        while (true) {
            Segment current = arrive();
            if (current == null) {
                return null;
            }
            long end;
            synchronized (state) {
                end = current.end();
            }
            try {
                Stored stored = readAt(current, end);
                failures = 0;
                if (stored != null) {
                    return stored;
                }
            } catch (IOException e) {
                closeReader();
                if (++failures < ATTEMPTS) {
                    throw e;
                }
                failures = 0;
                LOG.error(
                        "{}/{}: cannot be read at {}, passed over: {}",
                        disk,
                        current.name().file(),
                        position,
                        e.toString());
                position = Math.min(end, open(current).resync(position + SECTOR, end));
            }
        }
    }

    /** The segment with something to read; null when there is none. */
    private @Nullable Segment arrive() {
        while (true) {
            Map<String, Amount> lost;
            boolean more;
            synchronized (state) {
                if (segment == null) {
                    segment = state.unpassed();
                    if (segment == null) {
                        return null;
                    }
                    position = SegmentName.HEADER_SIZE;
                    lastSeen = segment.name().first() - 1;
                }
                if (position < segment.end()) {
                    return segment;
                }
                // All of it has been read: what is left in the count was never found.
                lost = segment.unread().copy();
                segment.unread().clear();
                if (expected <= segment.last()) {
                    state.acknowledge(expected, segment.last() + 1);
                    expected = segment.last() + 1;
                }
                more = segment.isSealed();
                if (more) {
                    state.passed(segment);
                    segment = null;
                }
            }
            lost.forEach(listener::corrupted);
            if (!more) {
                return null;
            }
            closeReader();
        }
    }

    private @Nullable Stored readAt(Segment current, long end) throws IOException {
        SegmentReader file = open(current);
        RecordHeader header = file.headerAt(position, end);
        if (header == null || header.sequence() <= lastSeen) {
            long next = file.resync(position, end);
            quarantine.keep(file, position, next, "no sound record header where one should be");
            position = next;
            return null;
        }
        if (state.isAcknowledged(header.sequence())) {
            advance(header);
            return null;
        }
        SegmentReader.Content content = file.content(position, header);
        if (content == null) {
            quarantine.keep(
                    file,
                    position,
                    position + header.length(),
                    "a checksum of record " + header.sequence() + " does not match");
            advance(header);
            return null;
        }
        synchronized (state) {
            // Numbers in between were never written, or their records are damaged.
            state.acknowledge(expected, header.sequence());
            current.unread().subtract(content.envelope().pipeline(), header.amount());
        }
        advance(header);
        expected = header.sequence() + 1;
        return new Stored(header.sequence(), content.envelope(), content.body());
    }

    private void advance(RecordHeader header) {
        position += header.length();
        lastSeen = header.sequence();
    }

    private SegmentReader open(Segment current) throws IOException {
        if (reader == null || !reader.name().equals(current.name())) {
            closeReader();
            reader = new SegmentReader(disk, current.name());
        }
        return reader;
    }

    void closeReader() {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                LOG.warn("{}: closing failed: {}", disk, e.toString());
            }
            reader = null;
        }
    }
}
