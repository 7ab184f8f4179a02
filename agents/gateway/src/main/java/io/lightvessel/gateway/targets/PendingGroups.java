package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.discovery.TargetGroup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Groups that have changed and are still to be looked at, and when that is: at once for what a discovery tells first, and
 * otherwise when the pause after the last time is over.
 */
final class PendingGroups {

    /** Where a group is from. */
    record Origin(int discovery, String source) {}

    private final LongSupplier nanoTime;
    private final boolean[] heard;
    private final Map<Origin, TargetGroup> groups = new LinkedHashMap<>();
    private boolean open;
    /** Whether somebody is on the way to take, at the time below. */
    private boolean expected;

    private boolean expectedAtOnce;
    private boolean paused;
    private long pauseEnds;

    PendingGroups(int discoveries, LongSupplier nanoTime) {
        this.heard = new boolean[discoveries];
        this.nanoTime = nanoTime;
    }

    /** From now on groups are waited for; those that have come before make the beginning. */
    synchronized Optional<Duration> open() {
        open = true;
        return groups.isEmpty() ? Optional.empty() : expect(true);
    }

    /** After how long to take them; empty when somebody is going to anyway. */
    synchronized Optional<Duration> add(int discovery, List<TargetGroup> changed) {
        boolean first = !heard[discovery];
        heard[discovery] = true;
        for (TargetGroup group : changed) {
            groups.put(new Origin(discovery, group.source()), group);
        }
        return open && !groups.isEmpty() ? expect(first) : Optional.empty();
    }

    synchronized Map<Origin, TargetGroup> take() {
        expected = false;
        expectedAtOnce = false;
        Map<Origin, TargetGroup> taken = new LinkedHashMap<>(groups);
        groups.clear();
        return taken;
    }

    /** What was taken has been dealt with, so a pause begins. */
    synchronized void pause(Duration pause) {
        paused = true;
        pauseEnds = nanoTime.getAsLong() + pause.toNanos();
    }

    private Optional<Duration> expect(boolean atOnce) {
        long left = paused ? Math.max(0, pauseEnds - nanoTime.getAsLong()) : 0;
        boolean now = atOnce || left == 0;
        if (expected && (expectedAtOnce || !now)) {
            return Optional.empty();
        }
        expected = true;
        expectedAtOnce = now;
        return Optional.of(now ? Duration.ZERO : Duration.ofNanos(left));
    }
}
