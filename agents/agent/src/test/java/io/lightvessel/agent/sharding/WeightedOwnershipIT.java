package io.lightvessel.agent.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets of which some have ten times the samples of others: parts are even by samples, not by number. */
class WeightedOwnershipIT {
    private static final int TARGETS = 90;
    private static final int REPLICAS = 3;
    private static final double MOST = 1.10;
    /** After which what a target costs is known everywhere. */
    private static final int SCRAPES = 4;

    private static final ShardedAgents.Timing TIMING =
            new ShardedAgents.Timing(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(8));
    private static final long INTERVAL = TIMING.interval().toNanos();

    private final SlotLedger ledger = new SlotLedger(TARGETS, INTERVAL);

    @TempDir
    Path directory;

    /** Lines of the answer besides the four or so that all have. */
    private static int lines(int target) {
        return target % 9 == 0 ? 400 : 40;
    }

    @Test
    void replicasScrapeAboutAsManySamples() throws Exception {
        try (ManyTargets targets = new ManyTargets(ledger, "127.3.", WeightedOwnershipIT::lines);
                StrictBackend backend = new StrictBackend(Duration.ZERO);
                ShardedAgents agents =
                        new ShardedAgents(directory, REPLICAS, TIMING, targets.addresses(), backend.url())) {
            agents.found();
            // Measured costs count when members change; without a change, after a minute.
            Instant measured = Instant.now().plusSeconds(60);
            while (!isMeasured()) {
                assertThat(Instant.now()).as(agents.warnings()).isBefore(measured);
                Thread.sleep(50);
            }
            agents.grow(REPLICAS);
            List<String> running = agents.running();

            Instant deadline = Instant.now().plusSeconds(60);
            while (!isEven(samples(SlotLedger.now() - INTERVAL * 5 / 4), running)) {
                assertThat(Instant.now())
                        .as("samples %s\n%s", samples(Long.MIN_VALUE), agents.warnings())
                        .isBefore(deadline);
                Thread.sleep(50);
            }
            long even = SlotLedger.now();
            while (ledger.lastAskers(even + INTERVAL).isEmpty()) {
                assertThat(Instant.now()).isBefore(deadline.plusSeconds(30));
                Thread.sleep(50);
            }
            Map<String, Integer> later = samples(even + INTERVAL);
            assertThat(isEven(later, running)).as("and they stay so: %s", later).isTrue();
        }
    }

    private boolean isMeasured() {
        for (int target = 0; target < TARGETS; target++) {
            if (ledger.of(target).size() < SCRAPES) {
                return false;
            }
        }
        return true;
    }

    /** How many samples each replica gets, by who asked each target last; empty while one was not asked since then. */
    private Map<String, Integer> samples(long since) {
        Map<String, Integer> samples = new TreeMap<>();
        if (ledger.lastAskers(since).isEmpty()) {
            return samples;
        }
        for (int target = 0; target < TARGETS; target++) {
            SlotLedger.Ask last = ledger.last(target);
            samples.merge(last == null ? "nobody" : last.replica(), lines(target), Integer::sum);
        }
        return samples;
    }

    private static double average(Map<String, Integer> samples) {
        return samples.values().stream().mapToInt(part -> part).average().orElse(0);
    }

    private static boolean isEven(Map<String, Integer> samples, List<String> running) {
        return samples.keySet().equals(Set.copyOf(running))
                && samples.values().stream().allMatch(part -> part <= MOST * average(samples));
    }
}
