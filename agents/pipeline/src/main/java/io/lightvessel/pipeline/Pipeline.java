package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.PipelineSpec;
import java.util.List;
import java.util.Map;

/**
 * One version of a pipeline.
 *
 * @param processors in the order in which telemetry passes them
 * @param entrances by receiver
 */
record Pipeline(
        PipelineSpec spec,
        PipelineBooks books,
        List<ProcessorNode> processors,
        List<ExporterNode> exporters,
        Map<ComponentId, Entrance> entrances) {

    Pipeline {
        processors = List.copyOf(processors);
        exporters = List.copyOf(exporters);
        entrances = Map.copyOf(entrances);
    }

    /** What processors of this version hold now. */
    Count heldByProcessors() {
        return processors.stream().map(ProcessorNode::held).reduce(Count.ZERO, Count::plus);
    }

    /** Passes on what processors hold, first to last. */
    void stop() {
        processors.forEach(ProcessorNode::stop);
        processors.forEach(ProcessorNode::closeMetrics);
    }
}
