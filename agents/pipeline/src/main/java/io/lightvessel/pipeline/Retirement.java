package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a new graph has no use for, let go step by step so that nothing is lost: processors pass on what they hold, and
 * exporters send it, before they go.
 */
final class Retirement {

    private final Graph graph;
    private final Map<ReceiverNode, List<ReceiverNode>> receivers;
    private final List<Pipeline> pipelines;
    private final List<ExporterNode> exporters;
    private final Map<ExporterInstance, ExporterInstance> replacedExporters;
    private final Map<ExtensionNode, List<ExtensionNode>> extensions;

    /**
     * @param receivers with their successors, if any
     * @param replacedExporters with their successors
     * @param extensions with their successors, if any
     */
    Retirement(
            Graph graph,
            Map<ReceiverNode, List<ReceiverNode>> receivers,
            List<Pipeline> pipelines,
            List<ExporterNode> exporters,
            Map<ExporterInstance, ExporterInstance> replacedExporters,
            Map<ExtensionNode, List<ExtensionNode>> extensions) {
        this.graph = graph;
        this.receivers = receivers;
        this.pipelines = pipelines;
        this.exporters = exporters;
        this.replacedExporters = replacedExporters;
        this.extensions = extensions;
    }

    void stopReceivers(Duration grace) {
        InParallel.run(receivers.entrySet(), entry -> {
            entry.getKey().stop(grace);
            OwnMetrics.Scope[] successors =
                    entry.getValue().stream().map(ReceiverNode::metricsScope).toArray(OwnMetrics.Scope[]::new);
            entry.getKey().metricsScope().close(successors);
        });
    }

    /** Quick, for neither threads inside nor processors are ever held up. */
    void stopPipelines(Duration grace) {
        graph.awaitEmpty(grace);
        pipelines.forEach(Pipeline::stop);
    }

    /** Takes as long as backends need for what is queued, within the grace. */
    void stopExporters(Duration grace) {
        InParallel.run(exporters, exporter -> exporter.retire(grace));
        InParallel.run(
                replacedExporters.entrySet(),
                entry -> entry.getKey().stop(grace, entry.getValue().metricsScope()));
    }

    /** After everything that used them. */
    void stopExtensions(Duration grace) {
        InParallel.run(
                extensions.entrySet(),
                entry -> entry.getKey()
                        .stop(
                                grace,
                                entry.getValue().stream()
                                        .map(ExtensionNode::metricsScope)
                                        .toArray(OwnMetrics.Scope[]::new)));
    }

    /** Pipelines that may still hold something. */
    List<Pipeline> pipelines() {
        return pipelines;
    }

    /** Exporters that may still hold something. */
    List<ExporterNode> exporters() {
        return exporters;
    }
}
