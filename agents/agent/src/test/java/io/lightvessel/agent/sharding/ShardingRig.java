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
import java.util.stream.LongStream;

/**
 * Agents that share targets, as processes, and what is asked of them while they come and go: judged by what the targets
 * noted themselves and by what a backend got, not by what agents say.
 */
final class ShardingRig implements AutoCloseable {
    static final int TARGETS = Integer.getInteger("lightvessel.sharding.targets", 400);
    static final int MOST = Integer.getInteger("lightvessel.sharding.replicas", 4);
    static final int ROUNDS = Integer.getInteger("lightvessel.sharding.rounds", 1);
    static final int FEWEST = 2;
    /** Percent of the slots that may be missed while replicas come and go; with 0 no staleness marker may be missing either. */
    private static final int MISSABLE = Integer.getInteger("lightvessel.sharding.missable", 1);
    /** Longer than the shortest interval: who does not wait for such a request overtakes it. */
    private static final Duration SLOW = Duration.ofMillis(3500);

    private static final ShardedAgents.Timing TIMING = new ShardedAgents.Timing(
            Duration.ofSeconds(Long.getLong("lightvessel.sharding.seconds", 3)),
            Duration.ofSeconds(3),
            Duration.ofSeconds(8));
    static final long INTERVAL = TIMING.interval().toNanos();
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

    final SlotLedger ledger = new SlotLedger(TARGETS, INTERVAL);
    final ShardedAgents agents;
    private final ManyTargets targets = new ManyTargets(ledger);
    private final StrictBackend backend = new StrictBackend(SLOW);
    private final List<String> instances = targets.addresses();

    ShardingRig(Path directory) throws Exception {
        agents = new ShardedAgents(directory, MOST, TIMING, instances, backend.url());
    }

    @Override
    public void close() {
        agents.close();
        backend.close();
        targets.close();
    }

    void tell(String what) {
        System.out.printf("sharding: %d targets, %d moves; %s; %s%n", TARGETS, ledger.moves(), what, agents.skipped());
    }

    private String skipped() {
        return agents.skipped() + "\n" + agents.warnings();
    }

    /** What comings and goings in order may miss: little, of nothing that was scraped. Returns what is to be said of it. */
    String assertGraceful(long from, long to) throws Exception {
        List<SlotLedger.Fault> faults = ledger.faults(from, to);
        assertMovesMissLittle(faults, ledger.slots(from, to));
        awaitWritten(Set.of());
        assertThat(backend.problems()).isEmpty();
        int unmarked = 0;
        int ended = 0;
        for (String instance : instances) {
            unmarked += assertEachScrapeIsThereOnce(instance);
            ended += (int) LongStream.rangeClosed(1, backend.scrapes(instance).size())
                    .filter(ManyTargets::endsSometimes)
                    .count();
        }
        // One that is not handed over takes what it knows of ended series along.
        assertThat(unmarked)
                .as("series that ended without a staleness marker, of %s", ended)
                .isLessThanOrEqualTo(faults.size() + ended * MISSABLE / 100);
        return "missed %d of %d slots and %d of %d markers"
                .formatted(faults.size(), ledger.slots(from, to), unmarked, ended);
    }

    /**
     * What the loss of one replica may cost. Returns how many slots were missed.
     *
     * @param gone the killed one, unless it is back
     */
    int assertCrash(String killed, Set<String> gone, long before, long end) throws Exception {
        List<SlotLedger.Fault> faults = ledger.faults(before - INTERVAL, end);
        assertACrashMissesLittle(faults);
        awaitWritten(gone);
        assertThat(backend.problems()).isEmpty();
        for (int target = 0; target < TARGETS; target++) {
            assertNothingWrongAfterACrash(target, killed);
        }
        return faults.size();
    }

    /** Every replica that runs, and no other, has about its part of the targets, and every target is scraped. */
    void awaitSettled() throws Exception {
        List<String> running = agents.running();
        await("all targets shared between " + running, () -> ledger.isSharedBy(running));
    }

    /** Every target is scraped at least twice from now on. */
    void awaitRound() throws Exception {
        long since = SlotLedger.now() + INTERVAL;
        await("another scrape of every target", () -> !ledger.lastAskers(since).isEmpty());
    }

    /** What targets have been asked for until now is with the backend, except for what a killed replica had asked for. */
    void awaitWritten(Set<String> killed) throws Exception {
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

    interface Condition {
        boolean holds() throws Exception;
    }

    void await(String what, Condition condition) throws Exception {
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
        assertThat(missedByTarget(faults).values()).allMatch(count -> count <= 2 * (ROUNDS + 1));
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
