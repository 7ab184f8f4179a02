package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineId;
import io.lightvessel.config.Signal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What has passed through the engine since it was created, as of one moment. Counters are cumulative and survive
 * reloads.
 */
public record FlowSnapshot(
        Instant start,
        Instant time,
        List<Source> sources,
        List<Edge> edges,
        List<Ledger> pipelines,
        List<Destination> destinations) {

    public FlowSnapshot {
        sources = List.copyOf(sources);
        edges = List.copyOf(edges);
        pipelines = List.copyOf(pipelines);
        destinations = List.copyOf(destinations);
    }

    /** What a producer, named by its resource, sent to a receiver. */
    public record Source(
            String serviceName, String serviceNamespace, ComponentId receiver, Signal signal, Count amount) {}

    /** What went from one component of a pipeline to the next; names look like {@code processor/batch}. */
    public record Edge(PipelineId pipeline, String from, String to, Count amount) {}

    /**
     * A pipeline's books: received = delivered + queued + dropped, at any quiet moment. A record counts once for every
     * exporter of the pipeline, since each of these branches delivers or drops it on its own; bytes are counted in the
     * size in which they were received, whatever processors make of them.
     *
     * @param queued what is inside now
     * @param losses sorted by component and reason
     */
    public record Ledger(PipelineId pipeline, Count received, Count delivered, Count queued, List<Loss> losses) {

        public Ledger {
            losses = List.copyOf(losses);
        }

        /** What was dropped, by reason, whichever component it was. */
        public Map<DropReason, Count> dropped() {
            Map<DropReason, Count> byReason = new EnumMap<>(DropReason.class);
            losses.forEach(loss -> byReason.merge(loss.reason(), loss.amount(), Count::plus));
            return byReason;
        }

        public Count droppedInAll() {
            return losses.stream().map(Loss::amount).reduce(Count.ZERO, Count::plus);
        }

        public boolean isBalanced() {
            return received.equals(delivered.plus(queued).plus(droppedInAll()));
        }
    }

    /**
     * What a component of a pipeline dropped for one reason, as the pipeline's ledger counts it: once for every exporter
     * that would have had it.
     *
     * @param component named as in {@link Edge}
     */
    public record Loss(String component, DropReason reason, Count amount) {}

    /**
     * What an exporter handed to its backend.
     *
     * @param acknowledged records and bytes on the wire that the backend acknowledged
     * @param failedRecords records given up
     * @param queuedRecords records waiting now
     * @param lastError the latest failure; empty when there was none since the last success
     */
    public record Destination(
            ComponentId exporter,
            String endpoint,
            Signal signal,
            Count acknowledged,
            long failedRecords,
            long queuedRecords,
            String lastError) {}
}
