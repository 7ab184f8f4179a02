package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is in charge: a graph, and the components around it. */
record Running(
        Graph graph,
        Map<ComponentId, ReceiverNode> receivers,
        Map<ComponentId, ExporterNode> exporters,
        Map<ComponentId, ExtensionNode> extensions,
        List<ApplyOutcome.BrokenPipeline> broken,
        Instant since) {

    static Running nothing(Instant since) {
        return new Running(Graph.EMPTY, Map.of(), Map.of(), Map.of(), List.of(), since);
    }

    Running {
        receivers = Map.copyOf(receivers);
        exporters = Map.copyOf(exporters);
        extensions = Map.copyOf(extensions);
        broken = List.copyOf(broken);
    }
}
