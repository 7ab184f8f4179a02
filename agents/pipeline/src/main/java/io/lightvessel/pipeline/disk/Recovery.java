package io.lightvessel.pipeline.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a former life of the process left: where segments end, what is in them, what still has to go. */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final Quarantine quarantine;
    private final @Nullable Acknowledged written;

    /** @param written what was acknowledged; null when nobody knows */
    Recovery(Disk disk, Quarantine quarantine, @Nullable Acknowledged written) {
        this.disk = disk;
        this.quarantine = quarantine;
        this.written = written;
    }

    LogState run() throws IOException {
        List<SegmentName> names = names();
        Acknowledged acknowledged = written;
        if (acknowledged == null) {
            acknowledged =
                    new Acknowledged(names.isEmpty() ? 0 : names.getFirst().first(), List.of());
            if (!names.isEmpty()) {
                LOG.warn("{}: what was acknowledged cannot be read; everything stored is delivered again", disk);
            }
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            boolean isLast = i == names.size() - 1;
            long next = isLast ? Long.MAX_VALUE : names.get(i + 1).first();
            if (next <= acknowledged.pointer()) {
                delete(names.get(i));
                continue;
            }
            Segment segment = recover(names.get(i), isLast, next, acknowledged);
            if (segment.last() < acknowledged.pointer() || segment.end() <= SegmentName.HEADER_SIZE) {
                delete(names.get(i));
            } else {
                segments.add(segment);
            }
        }
        return new LogState(segments, acknowledged);
    }

    private List<SegmentName> names() throws IOException {
        List<SegmentName> names = new ArrayList<>();
        for (String file : disk.list()) {
            SegmentName name = SegmentName.parse(file);
            if (name != null) {
                names.add(name);
            } else if (file.endsWith(".seg")) {
                LOG.warn("{}/{}: no name of a segment; left alone", disk, file);
            }
        }
        names.sort(Comparator.comparingLong(SegmentName::first));
        return names;
    }

    private void delete(SegmentName name) throws IOException {
        disk.delete(name.summaryFile());
        disk.delete(name.file());
    }

    private Segment recover(SegmentName name, boolean isLast, long next, Acknowledged acknowledged) throws IOException {
        Segment segment = new Segment(name);
        try (SegmentReader reader = new SegmentReader(disk, name)) {
            int version = reader.version();
            if (version != 0 && version != SegmentName.VERSION) {
                throw new IOException(disk + "/" + name.file() + ": format version " + version + " (expected: "
                        + SegmentName.VERSION + "; was it written by a later agent?)");
            }
            long size = reader.size();
            SegmentSummary summary = SegmentSummary.read(disk, name);
            if (summary != null && summary.end() == size && !acknowledged.touches(name.first(), summary.last())) {
                summary.amounts().forEach((pipeline, amount) -> segment.unread().add(pipeline, amount));
                segment.recovered(size, Math.max(summary.last(), isLast ? 0 : next - 1));
                return segment;
            }
            walk(reader, size, segment, acknowledged);
            if (summary != null && summary.end() == size) {
                segment.recovered(size, Math.max(summary.last(), segment.last()));
            } else if (isLast) {
                cutTail(reader, segment, size);
            }
            if (!isLast) {
                segment.recovered(size, Math.max(segment.last(), next - 1));
            }
        }
        return segment;
    }

    private static void walk(SegmentReader reader, long size, Segment segment, Acknowledged acknowledged)
            throws IOException {
        long position = SegmentName.HEADER_SIZE;
        long last = segment.last();
        long end = position;
        while (position < size) {
            RecordHeader header = reader.headerAt(position, size);
            if (header == null || header.sequence() <= last) {
                position = reader.resync(position, size);
                continue;
            }
            Envelope envelope = reader.envelope(position, header);
            if (envelope != null) {
                segment.all().add(envelope.pipeline(), header.amount());
                if (!acknowledged.contains(header.sequence())) {
                    segment.unread().add(envelope.pipeline(), header.amount());
                }
            }
            last = header.sequence();
            position += header.length();
            end = position;
        }
        segment.recovered(end, last);
    }

    /** Cuts off what a write that was under way when the process ended has left behind the last whole record. */
    private void cutTail(SegmentReader reader, Segment segment, long size) throws IOException {
        long end = segment.end();
        if (size > end) {
            boolean unfinished =
                    size - end < RecordHeader.SIZE || reader.anyHeaderAt(end) != null || reader.isZero(end, size);
            if (unfinished) {
                LOG.info(
                        "{}/{}: {} bytes of an unfinished write cut off",
                        disk,
                        segment.name().file(),
                        size - end);
            } else {
                quarantine.keep(reader, end, size, "a record at the end is damaged or was not written whole");
            }
            reader.truncate(end);
        }
        if (size >= end) {
            new SegmentSummary(end, segment.last(), segment.all().copy()).writeTo(disk, segment.name());
        }
    }
}
