package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counters behind one pipeline's ledger. They only grow and outlive every version of the pipeline; what is inside
 * now is not counted here but measured, so that the two can be held against each other.
 */
final class PipelineBooks {

    private final PipelineId pipeline;
    private final Tally received = new Tally();
    private final Tally delivered = new Tally();
    private final Map<DropReason, Tally> dropped = new EnumMap<>(DropReason.class);

    PipelineBooks(PipelineId pipeline) {
        this.pipeline = pipeline;
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new Tally());
        }
    }

    PipelineId pipeline() {
        return pipeline;
    }

    void received(long records, long bytes) {
        received.add(records, bytes);
    }

    void delivered(long records, long bytes) {
        delivered.add(records, bytes);
    }

    void dropped(DropReason reason, long records, long bytes) {
        tally(reason).add(records, bytes);
    }

    private Tally tally(DropReason reason) {
        Tally tally = dropped.get(reason);
        if (tally == null) {
            throw new IllegalStateException("no tally for " + reason);
        }
        return tally;
    }

    /** The ledger with what was measured to be inside. */
    FlowSnapshot.Ledger ledger(Count queued) {
        Map<DropReason, Count> drops = new EnumMap<>(DropReason.class);
        dropped.forEach((reason, tally) -> {
            Count count = tally.count();
            if (!count.isZero()) {
                drops.put(reason, count);
            }
        });
        return new FlowSnapshot.Ledger(pipeline, received.count(), delivered.count(), queued, drops);
    }
}
