package io.lightvessel.gateway.scrape;

import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which a target is scraped: every interval of the wall clock, moved by an offset that follows from the
 * target alone. So every replica comes to the same moments, and a target keeps its phase when it moves.
 */
public record Slots(long interval, long offset) {
    private static final long BILLION = 1_000_000_000L;
    private static final long SNAP = Duration.ofMillis(2).toNanos();

    /** @param seed the same on all replicas */
    public static Slots of(Duration interval, long hash, long seed) {
        return new Slots(interval.toNanos(), Long.remainderUnsigned(hash ^ seed, interval.toNanos()));
    }

    public static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), BILLION), instant.getNano());
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, BILLION), Math.floorMod(nanos, BILLION));
    }

    /** The first slot after a moment. */
    public long after(long moment) {
        return moment - Math.floorMod(moment - offset, interval) + interval;
    }

    /**
     * The slot to go on with after a former owner's last one. That of this moment, if its time came while the target
     * changed hands, unless the next one is so near that there would be two scrapes at once.
     */
    public long afterHandover(long last, long now) {
        long next = after(now);
        if (last >= next) {
            // A clock that is far behind the former owner's must not keep the target unscraped.
            return last - now < 2 * interval ? after(last) : next;
        }
        long current = next - interval;
        return last < current && next - now >= interval / 10 ? current : next;
    }

    /** Until when the next owner must have what the former knew, with some time to spare, for no slot to be missed. */
    long latestHandover(long last, long now) {
        long span = interval / 10 * 8;
        return after(Math.max(last, now - span)) + span;
    }

    /** The milliseconds a scrape's samples get that began at a moment: those of the slot, if it was almost on time. */
    long timestamp(long slot, long began) {
        boolean onTime = Math.abs(began - slot) <= Math.min(SNAP, interval / 100);
        return Math.floorDiv(onTime ? slot : began, 1_000_000L);
    }
}
