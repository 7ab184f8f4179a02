package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks at run time that ledgers balance. While telemetry moves, counters and contents are read at slightly different
 * moments; so only what is out of balance by the same amount in several looks, with nothing moving in between, counts.
 */
final class LedgerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
    private static final int LOOKS = 3;

    private record Look(FlowSnapshot.Ledger ledger, int times) {}

    private final Timer timer;
    private final Runnable healthChanged;
    private final Map<PipelineId, Look> looks = new ConcurrentHashMap<>();
    private final Map<PipelineId, ComponentHealth> imbalances = new ConcurrentHashMap<>();

    LedgerWatch(Timer timer, Runnable healthChanged) {
        this.timer = timer;
        this.healthChanged = healthChanged;
    }

    void look(Supplier<Iterable<FlowSnapshot.Ledger>> ledgers) {
        for (FlowSnapshot.Ledger ledger : ledgers.get()) {
            if (ledger.isBalanced()) {
                looks.remove(ledger.pipeline());
                if (imbalances.remove(ledger.pipeline()) != null) {
                    healthChanged.run();
                }
                continue;
            }
            Look look = looks.merge(
                    ledger.pipeline(),
                    new Look(ledger, 1),
                    (before, now) -> before.ledger.equals(now.ledger) ? new Look(ledger, before.times + 1) : now);
            if (look.times == LOOKS) {
                report(ledger);
            }
        }
    }

    private void report(FlowSnapshot.Ledger ledger) {
        Count missing = ledger.received()
                .minus(ledger.delivered())
                .minus(ledger.queued())
                .minus(ledger.droppedInAll());
        String message = "the ledger does not balance: " + missing.records() + " records, " + missing.bytes()
                + " bytes were received and are neither delivered nor queued nor dropped";
        LOG.error("pipeline {}: {}; {}", ledger.pipeline(), message, ledger);
        imbalances.put(ledger.pipeline(), ComponentHealth.leaf(ComponentStatus.PERMANENT_ERROR, message, timer.now()));
        healthChanged.run();
    }

    Optional<ComponentHealth> imbalanceOf(PipelineId pipeline) {
        return Optional.ofNullable(imbalances.get(pipeline));
    }
}
