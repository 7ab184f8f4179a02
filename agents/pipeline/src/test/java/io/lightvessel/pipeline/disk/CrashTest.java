package io.lightvessel.pipeline.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ends a log's life after every change it made to its directory, in the middle of writes too, and with what was not
 * synced lost at random; then looks whether another life delivers what was answered for.
 */
class CrashTest {

    private static final int ROUNDS = Integer.getInteger("lightvessel.crash.rounds", 5);
    private static final LogOptions OPTIONS = new LogOptions(600, true, 1 << 20, LogHarness.NO_WAIT);

    /** When, in changes to the directory, an entry was answered for and when it was acknowledged. */
    private final Map<Integer, Integer> committedAt = new HashMap<>();

    private final Map<Integer, Integer> acknowledgedAt = new HashMap<>();

    @Test
    void aKilledProcessLosesNothingAndRepeatsLittle() throws IOException {
        int cycles = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            MemoryDisk disk = live(random);
            List<MemoryDisk.Op> ops = disk.ops();
            for (int moment = 0; moment <= ops.size(); moment++) {
                int torn = random.nextInt(120);
                List<Integer> delivered = nextLife(MemoryDisk.killed(ops, moment, torn), seed, moment);
                assertNoneRepeatedThatWasWrittenDown(ops, moment, delivered);
                cycles++;
            }
        }
        assertThat(cycles).isGreaterThan(100 * ROUNDS);
    }

    @Test
    void aLossOfPowerLosesNothingThatWasAnsweredFor() throws IOException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(1000 + seed);
            List<MemoryDisk.Op> ops = live(random).ops();
            for (int moment = 0; moment <= ops.size(); moment++) {
                nextLife(MemoryDisk.powerless(ops, moment, random), seed, moment);
            }
        }
    }

    /** Stores, delivers and acknowledges at random. */
    private MemoryDisk live(Random random) throws IOException {
        committedAt.clear();
        acknowledgedAt.clear();
        MemoryDisk disk = new MemoryDisk();
        List<LogHarness.Delivered> inHand = new ArrayList<>();
        int n = 0;
        try (LogHarness log = new LogHarness(disk, OPTIONS)) {
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        int to = n + 1 + random.nextInt(3);
                        log.fill(n, to);
                        int now = disk.opCount();
                        while (n < to) {
                            committedAt.put(n++, now);
                        }
                    }
                    case 2 -> {
                        LogHarness.Delivered next = log.next();
                        if (next != null) {
                            inHand.add(next);
                        }
                    }
                    default -> {
                        if (!inHand.isEmpty()) {
                            LogHarness.Delivered delivered = inHand.remove(random.nextInt(inHand.size()));
                            acknowledgedAt.put(delivered.n(), disk.opCount());
                            log.log.acknowledge(delivered.stored());
                        }
                    }
                }
            }
        }
        return disk;
    }

    private List<Integer> nextLife(MemoryDisk disk, int seed, int moment) throws IOException {
        String where = "seed " + seed + ", change " + moment;
        List<Integer> delivered;
        try (LogHarness log = new LogHarness(disk, OPTIONS)) {
            log.fill(1000, 1002);
            delivered = log.drain();
            // Of what was not answered for, a part may have been written that turns out damaged.
            assertThat(delivered).as(where).isSorted().doesNotHaveDuplicates().endsWith(1000, 1001);
            Set<Integer> missing = new HashSet<>();
            committedAt.forEach((n, at) -> {
                if (at <= moment && acknowledgedAt.getOrDefault(n, Integer.MAX_VALUE) > moment) {
                    missing.add(n);
                }
            });
            delivered.forEach(missing::remove);
            assertThat(missing).as(where).isEmpty();
        }
        try (LogHarness log = new LogHarness(disk, OPTIONS)) {
            assertThat(log.drain()).as(where).isEmpty();
        }
        return delivered;
    }

    /** The first writing after an acknowledgement may have been under way already; the second has it. */
    private void assertNoneRepeatedThatWasWrittenDown(List<MemoryDisk.Op> ops, int moment, List<Integer> delivered) {
        acknowledgedAt.forEach((n, at) -> {
            long writings = ops.subList(Math.min(at, moment), moment).stream()
                    .filter(op -> op instanceof MemoryDisk.Op.Write write
                            && write.name().equals(AcknowledgedFile.NAME))
                    .count();
            if (writings >= 2) {
                assertThat(delivered).as("after change " + moment).doesNotContain(n);
            }
        });
    }
}
