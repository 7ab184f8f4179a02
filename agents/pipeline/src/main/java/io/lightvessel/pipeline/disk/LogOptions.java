package io.lightvessel.pipeline.disk;

import java.time.Duration;

/**
 * How a log is kept.
 *
 * @param segmentBytes the size at which a segment is closed; an entry that is larger has one of its own
 * @param synced whether entries are answered for only when they survive a loss of power
 * @param quarantineBytes how much of damaged records is kept
 * @param lockTimeout how long to wait for a directory that is in use
 */
public record LogOptions(long segmentBytes, boolean synced, long quarantineBytes, Duration lockTimeout) {

    private static final long MIB = 1L << 20;

    public static LogOptions defaults(boolean synced) {
        return new LogOptions(64 * MIB, synced, 256 * MIB, Duration.ofSeconds(1));
    }
}
