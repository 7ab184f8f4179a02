package io.lightvessel.agent.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents that share targets, as processes, while replicas come, go and are killed. Judged by what the targets noted
 * themselves and by what a backend got, not by what agents say.
 */
class ShardingIT {
    private static final int TARGETS = Integer.getInteger("lightvessel.sharding.targets", 400);
    private static final int MOST = Integer.getInteger("lightvessel.sharding.replicas", 4);
    private static final int ROUNDS = Integer.getInteger("lightvessel.sharding.rounds", 1);
    private static final int FEWEST = 2;
    /** Percent of the slots that may be missed while replicas come and go; with 0 no staleness marker may be missing either. */
    private static final int MISSABLE = Integer.getInteger("lightvessel.sharding.missable", 1);
    /** Longer than the shortest interval: who does not wait for such a request overtakes it. */
    private static final Duration SLOW = Duration.ofMillis(3500);

    private static final ShardedAgents.Timing TIMING = new ShardedAgents.Timing(
            Duration.ofSeconds(Long.getLong("lightvessel.sharding.seconds", 3)),
            Duration.ofSeconds(3),
            Duration.ofSeconds(8));
    private static final long INTERVAL = TIMING.interval().toNanos();
    private static final Duration PATIENCE =
            Duration.ofSeconds(60).plus(TIMING.interval().multipliedBy(2));

    /**
     * How long a killed replica's targets may go unscraped: nobody may take them before its lease is over on the slowest
     * clock; then there is a heartbeat, an arbiter's ruling, and a machine that has other things to do.
     */
    private static final Duration OUTAGE =
            TIMING.lease().multipliedBy(11).dividedBy(10).plusMillis(800);

    /** At an interval of 15 s, one slot: a pause that is no longer than an interval has room for no second one. */
    private static final long MOST_MISSED = Math.ceilDiv(OUTAGE.toNanos(), INTERVAL);

    /** What may be in a replica's memory when it is killed: those behind a request that takes long, and its own. */
    private static final int MOST_UNWRITTEN = (int) (1 + SLOW.toNanos() / INTERVAL);

    @TempDir
    Path directory;

    private SlotLedger ledger;
    private ManyTargets targets;
    private StrictBackend backend;
    private ShardedAgents agents;
    private List<String> instances;

    @BeforeEach
    void start() throws Exception {
        ledger = new SlotLedger(TARGETS, INTERVAL);
        targets = new ManyTargets(ledger);
        backend = new StrictBackend(SLOW);
        instances = targets.addresses();
        agents = new ShardedAgents(directory, MOST, TIMING, instances, backend.url());
    }

    @AfterEach
    void stop() {
        agents.close();
        backend.close();
        targets.close();
    }

    @Test
    void noSlotIsScrapedTwiceAndAKillMissesOneOfEachTarget() throws Exception {
        agents.found();
        awaitSettled();
        long from = SlotLedger.now();
        for (int round = 0; round < ROUNDS; round++) {
            agents.grow(MOST);
            awaitSettled();
            agents.terminate(leavers(round));
            awaitSettled();
        }
        awaitRound();
        long to = SlotLedger.now();

        assertMovesMissLittle(ledger.faults(from, to), ledger.slots(from, to));
        awaitWritten(Set.of());
        assertThat(backend.problems()).isEmpty();
        int unmarked = 0;
        for (String instance : instances) {
            unmarked += assertEachScrapeIsThereOnce(instance);
        }

        assertThat(unmarked)
                .as("series that ended without a staleness marker")
                .isLessThanOrEqualTo(MISSABLE == 0 ? 0 : Integer.MAX_VALUE);

        String killed = agents.running().getFirst();
        long before = SlotLedger.now();
        agents.kill(killed);
        awaitSettled();
        awaitRound();
        long end = SlotLedger.now();

        assertACrashMissesLittle(ledger.faults(before - INTERVAL, end));
        awaitWritten(Set.of(killed));
        assertThat(backend.problems()).isEmpty();
        for (int target = 0; target < TARGETS; target++) {
            assertNothingWrongAfterACrash(target, killed);
        }
        System.out.printf(
                "sharding: %d targets, %d moves; comings and goings missed %d of %d slots and %d markers, a kill %d slots; %s%n",
                TARGETS,
                ledger.moves(),
                ledger.faults(from, to).size(),
                ledger.slots(from, to),
                unmarked,
                ledger.faults(before - INTERVAL, end).size(),
                agents.skipped());
    }

    private String skipped() {
        return agents.skipped() + "\n" + agents.warnings();
    }

    /** Others in every round, in the first also one of those that began. */
    private List<String> leavers(int round) {
        List<String> running = agents.running();
        List<String> leavers = new ArrayList<>();
        for (int i = 0; i < MOST - FEWEST; i++) {
            leavers.add(running.get((round + 2 * i) % MOST));
        }
        return leavers.stream().distinct().toList();
    }

    /** Every replica that runs, and no other, has about its part of the targets, and every target is scraped. */
    private void awaitSettled() throws Exception {
        List<String> running = agents.running();
        await("all targets shared between " + running, () -> ledger.isSharedBy(running));
    }

    /** Every target is scraped at least twice from now on. */
    private void awaitRound() throws Exception {
        long since = SlotLedger.now() + INTERVAL;
        await("another scrape of every target", () -> !ledger.lastAskers(since).isEmpty());
    }

    /** What targets have been asked for until now is with the backend, except for what a killed replica had asked for. */
    private void awaitWritten(Set<String> killed) throws Exception {
        List<SlotLedger.Ask> last = new ArrayList<>();
        for (int target = 0; target < TARGETS; target++) {
            SlotLedger.Ask ask = ledger.last(target);
            assertThat(ask).isNotNull();
            assertThat(killed).doesNotContain(ask.replica());
            last.add(ask);
        }
        await("the samples of all scrapes at the backend", () -> {
            for (int target = 0; target < TARGETS; target++) {
                var newest = backend.scrapes(instances.get(target)).lastEntry();
                Double number = newest == null ? null : newest.getValue().get(ManyTargets.ASKED);
                if (number == null || number < last.get(target).number()) {
                    return false;
                }
            }
            return true;
        });
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(String what, Condition condition) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("no " + what + " within " + PATIENCE.toSeconds() + " s; last asked by "
                        + ledger.lastAskers(Long.MIN_VALUE) + ", of late by "
                        + ledger.lastAskers(SlotLedger.now() - 2 * INTERVAL)
                        + "; "
                        + agents.skipped() + "\n" + agents.warnings());
            }
            Thread.sleep(50);
        }
    }

    private List<String> describe(List<SlotLedger.Fault> faults) {
        return faults.stream()
                .map(fault -> instances.get(fault.target()) + " slot " + fault.slot() + " of "
                        + ledger.history(fault.target()))
                .toList();
    }

    /**
     * The backend has every scrape the target answered, in that order, and staleness markers where series ended and
     * nowhere else. Returns how many series ended without, in a move; on a busy machine that is not always zero.
     */
    private int assertEachScrapeIsThereOnce(String instance) {
        long expected = 0;
        int unmarked = 0;
        for (Map<String, Double> scrape : backend.scrapes(instance).values()) {
            expected++;
            assertThat(scrape).as("%s, scrape %s", instance, expected).containsEntry("up", 1.0);
            assertThat(scrape).as(instance).containsEntry(ManyTargets.ASKED, (double) expected);
            assertThat(scrape).as("%s, scrape %s", instance, expected).containsEntry("steady", 1.0);
            Double sometimes = ManyTargets.hasSometimes(expected)
                    ? Double.valueOf(1)
                    : ManyTargets.endsSometimes(expected) ? Double.NaN : null;
            Double found = scrape.get(ManyTargets.SOMETIMES);
            if (found == null && ManyTargets.endsSometimes(expected)) {
                unmarked++;
            } else {
                assertThat(found).as("%s, scrape %s", instance, expected).isEqualTo(sometimes);
            }
        }
        return unmarked;
    }

    /**
     * No slot is scraped twice. That none is missed needs a machine that lets every replica renew its lease: one that has
     * lost it hands nothing over.
     */
    private void assertMovesMissLittle(List<SlotLedger.Fault> faults, long slots) {
        assertNoneTwice(faults);
        assertThat(describe(faults))
                .as("slots missed of %s; %s", slots, agents.skipped())
                .hasSizeLessThanOrEqualTo((int) (slots * MISSABLE / 100));
        assertThat(missedByTarget(faults).values()).allMatch(count -> count <= 2 * ROUNDS);
    }

    private void assertNoneTwice(List<SlotLedger.Fault> faults) {
        assertThat(describe(
                        faults.stream().filter(fault -> fault.asks().size() > 1).toList()))
                .as("slots scraped twice")
                .isEmpty();
    }

    private static Map<Integer, Integer> missedByTarget(List<SlotLedger.Fault> faults) {
        Map<Integer, Integer> missed = new HashMap<>();
        faults.forEach(fault -> missed.merge(fault.target(), 1, Integer::sum));
        return missed;
    }

    private void assertACrashMissesLittle(List<SlotLedger.Fault> faults) {
        assertNoneTwice(faults);
        assertThat(missedByTarget(faults).values())
                .as("slots missed of each target after a crash")
                .allMatch(count -> count <= MOST_MISSED);
    }

    /**
     * What the killed replica had asked for last may be lost with its memory, and what it knew of series that are to end;
     * but no series ends that goes on, and everything else is there.
     */
    private void assertNothingWrongAfterACrash(int target, String killed) {
        String instance = instances.get(target);
        Set<Long> written = new HashSet<>();
        for (Map<String, Double> scrape : backend.scrapes(instance).values()) {
            assertThat(scrape).as(instance).containsEntry("up", 1.0).containsEntry("steady", 1.0);
            long number = scrape.get(ManyTargets.ASKED).longValue();
            written.add(number);
            Double sometimes = scrape.get(ManyTargets.SOMETIMES);
            if (sometimes != null) {
                assertThat(sometimes.isNaN() ? ManyTargets.endsSometimes(number) : ManyTargets.hasSometimes(number))
                        .as("%s, scrape %s: %s", instance, number, sometimes)
                        .isTrue();
            }
        }
        List<SlotLedger.Ask> lost = ledger.of(target).stream()
                .limit(written.stream().max(Long::compare).orElse(0L))
                .filter(ask -> !written.contains((long) ask.number()))
                .toList();
        assertThat(lost)
                .as(() -> instance + " of " + ledger.history(target) + "; " + skipped())
                .hasSizeLessThanOrEqualTo(MOST_UNWRITTEN)
                .allMatch(ask -> ask.replica().equals(killed));
    }
}
