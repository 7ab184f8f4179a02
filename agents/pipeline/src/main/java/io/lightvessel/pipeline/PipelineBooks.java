package io.lightvessel.pipeline;

import io.lightvessel.config.PipelineId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters behind one pipeline's ledger. They only grow and outlive every version of the pipeline; what is inside
 * now is not counted here but measured, so that the two can be held against each other.
 */
final class PipelineBooks {

    private final PipelineId pipeline;
    private final Tally received = new Tally();
    private final Tally delivered = new Tally();
    /** By the component that dropped. */
    private final Map<String, Map<DropReason, Tally>> dropped = new ConcurrentHashMap<>();

    PipelineBooks(PipelineId pipeline) {
        this.pipeline = pipeline;
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

    /** @param component named as edges name it, {@code processor/batch} */
    void dropped(String component, DropReason reason, long records, long bytes) {
        Map<DropReason, Tally> reasons = dropped.get(component);
        if (reasons == null) {
            reasons = dropped.computeIfAbsent(component, _ -> new ConcurrentHashMap<>());
        }
        Tally tally = reasons.get(reason);
        if (tally == null) {
            tally = reasons.computeIfAbsent(reason, _ -> new Tally());
        }
        tally.add(records, bytes);
    }

    /** The ledger with what was measured to be inside. */
    FlowSnapshot.Ledger ledger(Count queued) {
        List<FlowSnapshot.Loss> losses = new ArrayList<>();
        dropped.forEach((component, reasons) -> reasons.forEach((reason, tally) -> {
            Count count = tally.count();
            if (!count.isZero()) {
                losses.add(new FlowSnapshot.Loss(component, reason, count));
            }
        }));
        losses.sort(Comparator.comparing(FlowSnapshot.Loss::component).thenComparing(FlowSnapshot.Loss::reason));
        return new FlowSnapshot.Ledger(pipeline, received.count(), delivered.count(), queued, losses);
    }
}
