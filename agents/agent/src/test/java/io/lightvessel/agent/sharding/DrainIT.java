package io.lightvessel.agent.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preStop hook, as targets notice it: the hand-over is complete when it returns, while the process still runs. */
class DrainIT {
    private static final int TARGETS = 60;
    private static final int REPLICAS = 3;
    private static final ShardedAgents.Timing TIMING =
            new ShardedAgents.Timing(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(8));
    private static final long INTERVAL = TIMING.interval().toNanos();
    /** Of a machine that has other things to do. */
    private static final int MOST_MISSED = 3;

    private final SlotLedger ledger = new SlotLedger(TARGETS, INTERVAL);

    @TempDir
    Path directory;

    @Test
    void allIsHandedOverBeforeTheProcessEnds() throws Exception {
        try (ManyTargets targets = new ManyTargets(ledger);
                StrictBackend backend = new StrictBackend(Duration.ZERO);
                ShardedAgents agents =
                        new ShardedAgents(directory, REPLICAS, TIMING, targets.addresses(), backend.url())) {
            agents.found();
            agents.grow(REPLICAS);
            List<String> all = agents.running();
            await(agents, "all targets shared between " + all, () -> ledger.isSharedBy(all));
            long from = SlotLedger.now();
            String leaving = all.getFirst();
            List<String> staying = all.subList(1, all.size());

            agents.drain(leaving);
            long drained = SlotLedger.now();
            await(agents, "all targets shared between " + staying, () -> ledger.isSharedBy(staying));
            agents.drain(leaving);
            agents.terminate(List.of(leaving));
            long ended = SlotLedger.now();
            await(
                    agents,
                    "another round",
                    () -> !ledger.lastAskers(ended + INTERVAL).isEmpty());

            for (int target = 0; target < TARGETS; target++) {
                assertThat(ledger.of(target))
                        .filteredOn(ask -> ask.nanos() > drained)
                        .extracting(SlotLedger.Ask::replica)
                        .as(ledger.history(target))
                        .isNotEmpty()
                        .doesNotContain(leaving);
            }
            List<SlotLedger.Fault> faults = ledger.faults(from, SlotLedger.now());
            assertThat(faults).as(agents.warnings()).hasSizeLessThanOrEqualTo(MOST_MISSED);
            assertThat(faults).allMatch(fault -> fault.asks().isEmpty());
            assertThat(backend.problems()).isEmpty();
        }
    }

    private void await(ShardedAgents agents, String what, BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("no " + what + "; last asked by " + ledger.lastAskers(Long.MIN_VALUE) + "\n"
                        + agents.warnings());
            }
            Thread.sleep(50);
        }
    }
}
