package io.lightvessel.agent.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents in network namespaces, one of which the others cannot reach any more, although it still reaches targets and
 * backend. Judged by what the targets noted.
 */
class SplitIT {
    private static final int TARGETS = 120;
    private static final int REPLICAS = 3;
    private static final ShardedAgents.Timing TIMING =
            new ShardedAgents.Timing(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(6));
    private static final long INTERVAL = TIMING.interval().toNanos();
    private static final Duration OUTAGE =
            TIMING.lease().multipliedBy(11).dividedBy(10).plusMillis(800);
    private static final long MOST_MISSED = Math.ceilDiv(OUTAGE.toNanos(), INTERVAL);

    private final SlotLedger ledger = new SlotLedger(TARGETS, INTERVAL);

    @TempDir
    Path directory;

    @Test
    void whoIsCutOffStopsBeforeOthersBeginAndComesBack() throws Exception {
        Namespaces machines = Namespaces.make(REPLICAS);
        assumeTrue(
                machines != null,
                "network namespaces and iptables cannot be used here (needs root and the programs ip, iptables)");
        try (machines;
                ManyTargets targets = new ManyTargets(ledger, machines.localNet());
                StrictBackend backend =
                        new StrictBackend(TIMING.interval().dividedBy(2), InetAddress.getByName(machines.gateway()));
                ShardedAgents agents = new ShardedAgents(
                        directory,
                        IntStream.rangeClosed(1, REPLICAS)
                                .mapToObj(n -> machines.address(n) + ":7800")
                                .toList(),
                        IntStream.rangeClosed(1, REPLICAS)
                                .mapToObj(machines::inside)
                                .toList(),
                        TIMING,
                        targets.addresses(),
                        backend.url())) {
            agents.grow(REPLICAS);
            List<String> all = agents.running();
            awaitSettled(agents, all);
            awaitPunctual(agents, all);
            String alone = all.get(0);
            Set<Integer> its = ownedBy(alone);
            long cut = SlotLedger.now();
            machines.cutOff(1);
            awaitSettled(agents, all.subList(1, REPLICAS));
            long apart = SlotLedger.now();
            machines.heal(1);
            long healed = SlotLedger.now();
            awaitSettled(agents, all);
            awaitSettled(agents, all);
            long end = SlotLedger.now();

            for (int target = 0; target < TARGETS; target++) {
                assertThat(askersAfterOthers(target, alone, cut, healed))
                        .as(ledger.history(target))
                        .doesNotContain(alone);
            }
            assertThat(ledger.faults(cut - INTERVAL, apart)).allSatisfy(missed -> {
                assertThat(missed.asks()).as("not twice").isEmpty();
                assertThat(its).as(ledger.history(missed.target())).contains(missed.target());
            });
            assertThat(its)
                    .allSatisfy(target -> assertThat(ledger.faults(cut - INTERVAL, apart))
                            .filteredOn(fault -> fault.target() == target)
                            .hasSizeLessThanOrEqualTo((int) MOST_MISSED));
            assertThat(ledger.faults(apart, end)).as("after the split").isEmpty();
            assertThat(backend.problems()).isEmpty();
            for (String instance : targets.addresses()) {
                assertThat(backend.scrapes(instance).values())
                        .allSatisfy(scrape -> assertThat(scrape)
                                .as(instance)
                                .containsEntry("up", 1.0)
                                .containsEntry("steady", 1.0));
            }
        }
    }

    private Set<Integer> ownedBy(String replica) {
        Set<Integer> owned = new TreeSet<>();
        for (int target = 0; target < TARGETS; target++) {
            if (ledger.last(target).replica().equals(replica)) {
                owned.add(target);
            }
        }
        return owned;
    }

    /** Who asked it while the network was split, from the first time on that another than the one cut off did. */
    private List<String> askersAfterOthers(int target, String alone, long cut, long healed) {
        return ledger.of(target).stream()
                .filter(ask -> ask.nanos() >= cut && ask.nanos() < healed)
                .dropWhile(ask -> ask.replica().equals(alone))
                .map(SlotLedger.Ask::replica)
                .toList();
    }

    /** These replicas and no others scrape, each about its part, every target. */
    private void awaitSettled(ShardedAgents agents, List<String> replicas) throws Exception {
        Instant deadline = Instant.now().plusSeconds(90);
        do {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not all targets are shared between " + replicas + ": "
                        + ledger.lastAskers(Long.MIN_VALUE) + " "
                        + IntStream.range(0, TARGETS)
                                .filter(i -> ledger.last(i) == null)
                                .count() + " never asked\n" + agents.warnings());
            }
            Thread.sleep(50);
        } while (!ledger.isSharedBy(replicas));
    }

    /** Processes that have just begun are late for their first slots. */
    private void awaitPunctual(ShardedAgents agents, List<String> replicas) throws Exception {
        Instant deadline = Instant.now().plusSeconds(90);
        long since = SlotLedger.now();
        while (SlotLedger.now() - since < 4 * INTERVAL
                || !ledger.faults(SlotLedger.now() - 4 * INTERVAL, SlotLedger.now())
                        .isEmpty()) {
            assertThat(Instant.now()).as("every slot asked for, of late").isBefore(deadline);
            Thread.sleep(50);
        }
        awaitSettled(agents, replicas);
    }
}
