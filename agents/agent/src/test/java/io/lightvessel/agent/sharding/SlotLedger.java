package io.lightvessel.agent.sharding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What targets themselves noted: when each was asked, and by which replica. A target's phase is the one that most of
 * its requests have, so slots are told without knowing how replicas come by them.
 */
final class SlotLedger {

    /** A target was asked, for the how many-th time since the test began. */
    record Ask(long nanos, String replica, int number) {}

    /** A slot of a target that nobody asked in, or that several did. */
    record Fault(int target, long slot, List<Ask> asks) {}

    /** The machine's clock is adjusted while the test runs. */
    private static final long EARLY = 20_000_000;

    /** How late a request may be that was made at its slot. */
    private static final long PUNCTUAL = 150_000_000;

    private final long interval;
    private final List<List<Ask>> asks = new ArrayList<>();

    SlotLedger(int targets, long intervalNanos) {
        interval = intervalNanos;
        for (int i = 0; i < targets; i++) {
            asks.add(new ArrayList<>());
        }
    }

    int targets() {
        return asks.size();
    }

    /** Notes that a target is asked; returns the how many-th time this is. */
    int note(int target, long nanos, String replica) {
        List<Ask> noted = asks.get(target);
        synchronized (noted) {
            noted.add(new Ask(nanos, replica, noted.size() + 1));
            return noted.size();
        }
    }

    List<Ask> of(int target) {
        List<Ask> noted = asks.get(target);
        synchronized (noted) {
            return List.copyOf(noted);
        }
    }

    @Nullable
    Ask last(int target) {
        List<Ask> noted = asks.get(target);
        synchronized (noted) {
            return noted.isEmpty() ? null : noted.getLast();
        }
    }

    /** Whether a replica has asked any target since that moment. */
    boolean wasAskedBy(String replica, long since) {
        for (int target = 0; target < targets(); target++) {
            Ask last = last(target);
            if (last != null && last.nanos() >= since && last.replica().equals(replica)) {
                return true;
            }
        }
        return false;
    }

    /** Who asked each target last; empty while one of them was not asked since that moment. */
    Map<String, Integer> lastAskers(long since) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int target = 0; target < targets(); target++) {
            Ask last = last(target);
            if (last == null || last.nanos() < since) {
                return Map.of();
            }
            counts.merge(last.replica(), 1, Integer::sum);
        }
        return counts;
    }

    /** Whether these replicas and no others asked of late, each for about its part, and every target was asked. */
    boolean isSharedBy(Collection<String> replicas) {
        Map<String, Integer> parts = lastAskers(now() - interval * 5 / 4);
        return parts.keySet().equals(Set.copyOf(replicas))
                && parts.values().stream().allMatch(part -> part * replicas.size() >= 0.85 * targets());
    }

    /** Nanoseconds since the epoch, by the machine's clock. */
    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** The slots that lie within a time and were not asked for exactly once. */
    List<Fault> faults(long from, long to) {
        List<Fault> faults = new ArrayList<>();
        for (int target = 0; target < targets(); target++) {
            List<Ask> noted = of(target);
            long phase = phase(noted);
            Map<Long, List<Ask>> bySlot = new TreeMap<>();
            noted.forEach(ask -> bySlot.computeIfAbsent(slot(ask, phase), _ -> new ArrayList<>())
                    .add(ask));
            // A slot counts when all of the time that is taken for it lies within.
            long first = Math.ceilDiv(from + EARLY - phase, interval);
            long last = Math.floorDiv(to - interval - phase, interval);
            for (long slot = first; slot <= last; slot++) {
                List<Ask> of = bySlot.getOrDefault(slot, List.of());
                if (of.size() != 1) {
                    faults.add(new Fault(target, slot, of));
                }
            }
        }
        return faults;
    }

    /** All requests of a target: slot, milliseconds after it, replica. */
    String history(int target) {
        List<Ask> noted = of(target);
        long phase = phase(noted);
        return noted.stream()
                .map(ask -> {
                    long slot = slot(ask, phase);
                    return slot + "+" + (ask.nanos() - phase - slot * interval) / 1_000_000 + "ms " + ask.replica();
                })
                .collect(Collectors.joining(", "));
    }

    /** How many times a target went from one replica to another. */
    int moves() {
        int moves = 0;
        for (int target = 0; target < targets(); target++) {
            List<Ask> noted = of(target);
            for (int i = 1; i < noted.size(); i++) {
                moves += noted.get(i).replica().equals(noted.get(i - 1).replica()) ? 0 : 1;
            }
        }
        return moves;
    }

    /** How many slots lie within a time, over all targets. */
    long slots(long from, long to) {
        long count = 0;
        for (int target = 0; target < targets(); target++) {
            long phase = phase(of(target));
            count += Math.floorDiv(to - interval - phase, interval) - Math.ceilDiv(from + EARLY - phase, interval) + 1;
        }
        return count;
    }

    /** A slot is scraped from its moment on until the next one's: in a move late, but not early. */
    private long slot(Ask ask, long phase) {
        return Math.floorDiv(ask.nanos() - phase + EARLY, interval);
    }

    private long phase(List<Ask> noted) {
        if (noted.isEmpty()) {
            throw new AssertionError("a target that nobody ever asked has no phase");
        }
        long[] phases = noted.stream()
                .mapToLong(ask -> Math.floorMod(ask.nanos(), interval))
                .sorted()
                .toArray();
        long best = 0;
        long most = 0;
        for (long candidate : phases) {
            long punctual = Arrays.stream(phases)
                    .filter(phase -> Math.floorMod(phase - candidate, interval) <= PUNCTUAL)
                    .count();
            if (punctual > most) {
                most = punctual;
                best = candidate;
            }
        }
        return best;
    }
}
