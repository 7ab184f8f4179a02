package io.lightvessel.collector.ebpf.recent;

import io.lightvessel.pipeline.FlameGraph;
import io.lightvessel.pipeline.ProfileQuery;
import io.lightvessel.pipeline.ProfileSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was sampled in the last minutes, in as many bytes as it was given: the oldest go first. */
public final class RecentProfiles {
    /** Nobody needs a list of more. */
    private static final int MOST_PROCESSES = 500;

    private final Duration kept;
    private final long mostBytes;
    private final Clock clock;
    private final Deque<Slot> slots = new ArrayDeque<>();
    private final Interner texts = new Interner();
    private long bytes;

    public RecentProfiles(Duration kept, long mostBytes, Clock clock) {
        this.kept = kept;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    /**
     * Takes over an interval, to which nothing may be added any more.
     *
     * @param nanosPerSample how long a CPU runs between two samples
     */
    public synchronized void add(ProfileInterval interval, Instant to, long nanosPerSample) {
        Slot slot = interval.close(to, nanosPerSample, texts);
        slots.addLast(slot);
        bytes += slot.bytes();
        Instant oldest = clock.instant().minus(kept);
        while (!slots.isEmpty() && (bytes > mostBytes || slots.getFirst().to().isBefore(oldest))) {
            bytes -= slots.removeFirst().bytes();
        }
    }

    public synchronized long bytes() {
        return bytes;
    }

    /** @param problems what keeps samples from being taken or named, a sentence each */
    public ProfileSnapshot find(ProfileQuery query, List<String> problems) {
        Instant since = clock.instant().minus(query.last());
        List<Slot> found = since(since);
        if (found.isEmpty()) {
            return new ProfileSnapshot(null, null, 0, List.of(), new FlameGraph.Builder().build("all", 1), problems);
        }
        FlameGraph.Builder graph = new FlameGraph.Builder();
        long samples = 0;
        Map<String, ProfileSnapshot.ProcessShare> processes = new HashMap<>();
        for (Slot slot : found) {
            for (Slot.Entry entry : slot.entries()) {
                processes.merge(entry.key(), share(entry, slot.nanosPerSample()), RecentProfiles::sum);
                String service = entry.labels().values().getOrDefault("service_name", "");
                if ((query.service().isEmpty() || query.service().equals(service))
                        && (query.process().isEmpty() || query.process().equals(entry.key()))) {
                    entry.stacks().addTo(graph, slot.names(), slot.nanosPerSample());
                    samples += entry.stacks().samples();
                }
            }
        }
        return new ProfileSnapshot(
                found.getFirst().from(),
                found.getLast().to(),
                samples,
                processes.values().stream()
                        .sorted(Comparator.comparingLong(ProfileSnapshot.ProcessShare::cpuNanos)
                                .reversed()
                                .thenComparing(ProfileSnapshot.ProcessShare::key))
                        .limit(MOST_PROCESSES)
                        .toList(),
                graph.build("all", query.mostNodes()),
                problems);
    }

    private synchronized List<Slot> since(Instant since) {
        return slots.stream().filter(slot -> slot.to().isAfter(since)).toList();
    }

    private static ProfileSnapshot.ProcessShare share(Slot.Entry entry, long nanosPerSample) {
        return new ProfileSnapshot.ProcessShare(
                entry.key(), entry.labels().values(), entry.stacks().samples() * nanosPerSample);
    }

    private static ProfileSnapshot.ProcessShare sum(
            ProfileSnapshot.ProcessShare one, ProfileSnapshot.ProcessShare other) {
        return new ProfileSnapshot.ProcessShare(one.key(), other.labels(), one.cpuNanos() + other.cpuNanos());
    }
}
