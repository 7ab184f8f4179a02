package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one receiver, transport and signal; they outlive reloads. */
final class IntakeBooks {

    /** Whose counters they are. */
    record Key(ComponentId receiver, String transport, Signal signal) {}

    private final Key key;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<DropReason, LongAdder> turnedAway = new ConcurrentHashMap<>();

    IntakeBooks(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    void accepted(long records) {
        accepted.add(records);
    }

    void refused(long records) {
        refused.add(records);
    }

    void turnedAway(DropReason reason) {
        turnedAway.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    }

    long accepted() {
        return accepted.sum();
    }

    long refused() {
        return refused.sum();
    }

    Map<DropReason, Long> turnedAway() {
        Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
        turnedAway.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
