package io.lightvessel.config;

import java.util.List;

/** One pipeline as configured: where its telemetry comes from, what happens to it in order, where it goes. */
public record PipelineSpec(
        PipelineId id, List<ComponentId> receivers, List<ComponentId> processors, List<ComponentId> exporters) {

    public PipelineSpec {
        receivers = List.copyOf(receivers);
        processors = List.copyOf(processors);
        exporters = List.copyOf(exporters);
    }

    public Signal signal() {
        return id.signal();
    }
}
