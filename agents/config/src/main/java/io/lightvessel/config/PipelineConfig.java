package io.lightvessel.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole config that passed every check: components with defaults filled in, and the pipelines that connect them.
 *
 * @param extensions the extensions that {@code service.extensions} switches on
 * @param telemetry what {@code service.telemetry} says about the agent's own telemetry
 */
public record PipelineConfig(
        SortedMap<ComponentId, ComponentConfig> receivers,
        SortedMap<ComponentId, ComponentConfig> processors,
        SortedMap<ComponentId, ComponentConfig> exporters,
        SortedMap<ComponentId, ComponentConfig> extensions,
        List<PipelineSpec> pipelines,
        Settings telemetry) {

    public PipelineConfig {
        receivers = frozen(receivers);
        processors = frozen(processors);
        exporters = frozen(exporters);
        extensions = frozen(extensions);
        pipelines =
                pipelines.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    }

    public Optional<ComponentConfig> component(ComponentKind kind, ComponentId id) {
        return Optional.ofNullable(components(kind).get(id));
    }

    public SortedMap<ComponentId, ComponentConfig> components(ComponentKind kind) {
        return switch (kind) {
            case RECEIVER -> receivers;
            case PROCESSOR -> processors;
            case EXPORTER -> exporters;
            case EXTENSION -> extensions;
        };
    }

    private static SortedMap<ComponentId, ComponentConfig> frozen(SortedMap<ComponentId, ComponentConfig> components) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(components));
    }
}
