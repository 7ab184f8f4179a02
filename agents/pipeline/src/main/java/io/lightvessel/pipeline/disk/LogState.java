package io.lightvessel.pipeline.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log's segments and what of them has been acknowledged; shared by its writer and its reader, who lock it. */
final class LogState {

    /** What is to be written down and what may go once it is. */
    record Checkpoint(long pointer, List<Acknowledged.Range> ranges, List<Segment> deletable) {}

    private final List<Segment> segments;
    private final Acknowledged acknowledged;
    private final Amounts givenBack = new Amounts();
    private long nextSequence;
    private @Nullable Segment passed;
    private boolean changed;

    LogState(List<Segment> segments, Acknowledged acknowledged) {
        this.segments = new ArrayList<>(segments);
        this.acknowledged = acknowledged;
        long highest = segments.stream().mapToLong(Segment::last).max().orElse(-1);
        // Never below what was acknowledged: what is written now must not be taken for it.
        this.nextSequence = Math.max(highest + 1, acknowledged.ceiling());
    }

    synchronized long nextSequence() {
        return nextSequence;
    }

    /** Numbers that were tried are not used again, whether or not the attempt left something in the file. */
    synchronized void skipTo(long sequence) {
        nextSequence = Math.max(nextSequence, sequence);
    }

    synchronized void add(Segment segment) {
        segments.add(segment);
    }

    synchronized void committed(Segment segment, List<PendingEntry> entries, long firstSequence) {
        long sequence = firstSequence;
        for (PendingEntry entry : entries) {
            segment.committed(
                    sequence++, entry.envelope().pipeline(), entry.envelope().amount(), entry.length());
        }
        nextSequence = sequence;
    }

    synchronized void seal(Segment segment) {
        segment.seal();
    }

    /** The segment behind those that the reader has been through. */
    synchronized @Nullable Segment unpassed() {
        // What was passed may be gone, and all before it with it.
        int next = passed == null ? 0 : segments.indexOf(passed) + 1;
        return next < segments.size() ? segments.get(next) : null;
    }

    /** The reader has been through a segment. */
    synchronized void passed(Segment segment) {
        passed = segment;
        changed = true;
    }

    synchronized boolean isAcknowledged(long sequence) {
        return acknowledged.contains(sequence);
    }

    synchronized void acknowledge(long from, long to) {
        acknowledged.add(from, to);
        changed = true;
    }

    synchronized void giveBack(Envelope envelope) {
        givenBack.add(envelope.pipeline(), envelope.amount());
    }

    synchronized boolean hasChanged() {
        return changed;
    }

    synchronized Checkpoint checkpoint() {
        changed = false;
        List<Segment> deletable = segments.subList(0, passed == null ? 0 : segments.indexOf(passed) + 1).stream()
                .filter(segment -> segment.last() < acknowledged.pointer())
                .toList();
        return new Checkpoint(acknowledged.pointer(), acknowledged.ranges(), deletable);
    }

    /** A checkpoint that could not be written is due again. */
    synchronized void checkpointFailed() {
        changed = true;
    }

    synchronized void remove(List<Segment> deleted) {
        segments.removeAll(deleted);
    }

    /** What is stored and not handed out now, by pipeline. */
    synchronized Map<String, Amount> unread() {
        Amounts sum = new Amounts();
        sum.add(givenBack);
        segments.forEach(segment -> sum.add(segment.unread()));
        return sum.copy();
    }

    synchronized long fileBytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.end();
        }
        return bytes;
    }
}
