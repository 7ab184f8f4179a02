package io.lightvessel.pipeline.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sequence numbers need no delivery any more: all below the pointer, and ranges above it where later entries ended
 * before earlier ones.
 */
final class Acknowledged {

    /** From inclusive, to exclusive. */
    record Range(long from, long to) {}

    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private long pointer;

    Acknowledged(long pointer, List<Range> ranges) {
        this.pointer = pointer;
        ranges.forEach(range -> add(range.from(), range.to()));
    }

    void add(long from, long to) {
        if (from >= to || to <= pointer) {
            return;
        }
        long start = Math.max(from, pointer);
        long end = to;
        Map.Entry<Long, Long> before = ranges.floorEntry(start);
        if (before != null && before.getValue() >= start) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(start);
        while (next != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(start);
        }
        if (start <= pointer) {
            ranges.remove(start);
            pointer = end;
        } else {
            ranges.put(start, end);
        }
    }

    boolean contains(long sequence) {
        if (sequence < pointer) {
            return true;
        }
        Map.Entry<Long, Long> range = ranges.floorEntry(sequence);
        return range != null && sequence < range.getValue();
    }

    /** Whether any of a span's numbers has ended; from and to inclusive. */
    boolean touches(long from, long to) {
        Map.Entry<Long, Long> range = ranges.floorEntry(to);
        return from < pointer || range != null && range.getValue() > from;
    }

    /** The lowest number that has not ended. */
    long pointer() {
        return pointer;
    }

    /** The lowest number above all that have ended. */
    long ceiling() {
        return ranges.isEmpty() ? pointer : ranges.lastEntry().getValue();
    }

    List<Range> ranges() {
        List<Range> list = new ArrayList<>();
        ranges.forEach((from, to) -> list.add(new Range(from, to)));
        return list;
    }
}
