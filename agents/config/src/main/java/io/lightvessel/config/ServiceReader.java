package io.lightvessel.config;

import io.lightvessel.config.schema.ServiceTelemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the service section: pipelines, and whether what they name is defined and fits their signal. */
final class ServiceReader {

    private static final List<String> SERVICE_KEYS = List.of("extensions", "pipelines", "telemetry");
    private static final List<String> PIPELINE_KEYS = List.of("receivers", "processors", "exporters");

    private final Report report;
    private final SettingsReader settingsReader;
    private final ComponentsReader components;
    private final Map<ComponentKind, Set<ComponentId>> used = new LinkedHashMap<>();
    private final List<PipelineSpec> pipelines = new ArrayList<>();
    private Settings telemetry = Settings.empty();

    ServiceReader(Report report, SettingsReader settingsReader, ComponentsReader components) {
        this.report = report;
        this.settingsReader = settingsReader;
        this.components = components;
        for (ComponentKind kind : ComponentKind.values()) {
            used.put(kind, new LinkedHashSet<>());
        }
    }

    void read(YamlNode service) {
        if (!(service instanceof YamlNode.Mapping mapping)) {
            report.error("service", service.line(), service.what() + " (expected: a mapping with pipelines)");
            return;
        }
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!SERVICE_KEYS.contains(entry.key())) {
                report.error(
                        "service::" + entry.key(),
                        entry.line(),
                        "unknown key " + NearestName.hint(entry.key(), SERVICE_KEYS));
            }
        }
        YamlNode.Entry extensions = mapping.entry("extensions");
        if (extensions != null) {
            references(ComponentKind.EXTENSION, extensions.value(), "service::extensions", null);
        }
        YamlNode.@Nullable Entry telemetryEntry = mapping.entry("telemetry");
        telemetry = settingsReader.read(
                ServiceTelemetry.KEYS,
                telemetryEntry == null ? new YamlNode.Mapping(List.of(), mapping.line()) : telemetryEntry.value(),
                "service::telemetry");
        YamlNode.Entry pipelinesEntry = mapping.entry("pipelines");
        if (pipelinesEntry != null && pipelinesEntry.value() instanceof YamlNode.Mapping defined) {
            defined.entries().forEach(this::pipeline);
        }
        if (pipelinesEntry == null || isEmpty(pipelinesEntry.value())) {
            report.error("service::pipelines", mapping.line(), "no pipelines (expected: at least one)");
        } else if (!(pipelinesEntry.value() instanceof YamlNode.Mapping)) {
            report.error(
                    "service::pipelines",
                    pipelinesEntry.line(),
                    pipelinesEntry.value().what() + " (expected: a mapping of pipelines)");
        }
        for (ComponentKind kind : ComponentKind.values()) {
            components.reportUnused(kind, used(kind));
        }
    }

    private static boolean isEmpty(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> mapping.entries().isEmpty();
            case YamlNode.Scalar scalar -> scalar.isNull();
            case YamlNode.Sequence _ -> false;
        };
    }

    private void pipeline(YamlNode.Entry entry) {
        String path = "service::pipelines::" + entry.key();
        Optional<PipelineId> id = idOf(entry, path);
        if (!(entry.value() instanceof YamlNode.Mapping mapping)) {
            report.error(path, entry.line(), entry.value().what() + " (expected: receivers, processors and exporters)");
            return;
        }
        for (YamlNode.Entry key : mapping.entries()) {
            if (!PIPELINE_KEYS.contains(key.key())) {
                report.error(
                        Report.path(path, key.key()),
                        key.line(),
                        "unknown key " + NearestName.hint(key.key(), PIPELINE_KEYS));
            }
        }
        @Nullable Signal signal = id.map(PipelineId::signal).orElse(null);
        List<ComponentId> receivers = part(ComponentKind.RECEIVER, mapping, entry, path, signal);
        List<ComponentId> processors = part(ComponentKind.PROCESSOR, mapping, entry, path, signal);
        List<ComponentId> exporters = part(ComponentKind.EXPORTER, mapping, entry, path, signal);
        id.ifPresent(named -> pipelines.add(new PipelineSpec(named, receivers, processors, exporters)));
    }

    private Optional<PipelineId> idOf(YamlNode.Entry entry, String path) {
        try {
            return Optional.of(PipelineId.parse(entry.key()));
        } catch (IllegalArgumentException e) {
            report.error(path, entry.line(), Objects.requireNonNullElse(e.getMessage(), "no pipeline id"));
            return Optional.empty();
        }
    }

    private List<ComponentId> part(
            ComponentKind kind, YamlNode.Mapping pipeline, YamlNode.Entry entry, String path, @Nullable Signal signal) {
        YamlNode.Entry part = pipeline.entry(kind.section());
        String partPath = Report.path(path, kind.section());
        boolean needed = kind != ComponentKind.PROCESSOR;
        if (part == null || isEmpty(part.value())) {
            if (needed) {
                report.error(partPath, entry.line(), "missing (expected: at least one " + kind.label() + ")");
            }
            return List.of();
        }
        List<ComponentId> ids = references(kind, part.value(), partPath, signal);
        if (needed
                && part.value() instanceof YamlNode.Sequence sequence
                && sequence.elements().isEmpty()) {
            report.error(partPath, part.line(), "an empty list (expected: at least one " + kind.label() + ")");
        }
        return ids;
    }

    private List<ComponentId> references(ComponentKind kind, YamlNode node, String path, @Nullable Signal signal) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            if (!isEmpty(node)) {
                report.error(path, node.line(), node.what() + " (expected: a list of " + kind.section() + ")");
            }
            return List.of();
        }
        List<ComponentId> ids = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            YamlNode element = sequence.elements().get(i);
            String elementPath = Report.path(path, String.valueOf(i));
            if (element instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
                reference(kind, scalar, elementPath, signal, ids);
            } else {
                report.error(
                        elementPath,
                        element.line(),
                        element.what() + " (expected: the id of one of the " + kind.section() + ")");
            }
        }
        return ids;
    }

    private void reference(
            ComponentKind kind, YamlNode.Scalar scalar, String path, @Nullable Signal signal, List<ComponentId> ids) {
        ComponentId id;
        try {
            id = ComponentId.parse(scalar.text());
        } catch (IllegalArgumentException e) {
            report.error(path, scalar.line(), Objects.requireNonNullElse(e.getMessage(), "no component id"));
            return;
        }
        if (!components.isDefined(kind, id)) {
            report.error(
                    path,
                    scalar.line(),
                    kind.label() + " '" + id + "' is not defined "
                            + NearestName.hint(id.toString(), components.definedNames(kind)));
            return;
        }
        if (ids.contains(id)) {
            report.error(path, scalar.line(), kind.label() + " '" + id + "' is there twice (expected: once)");
            return;
        }
        used(kind).add(id);
        ids.add(id);
        Optional<ComponentSchema> schema = ComponentCatalog.find(kind, id.type());
        if (signal != null && schema.isPresent() && !schema.get().signals().contains(signal)) {
            List<String> carried =
                    schema.get().signals().stream().sorted().map(Signal::label).toList();
            report.error(
                    path,
                    scalar.line(),
                    kind.label() + " '" + id + "' does not carry " + signal.label() + " (expected: a pipeline of "
                            + String.join(", ", carried) + ")");
        }
    }

    Set<ComponentId> used(ComponentKind kind) {
        return Objects.requireNonNull(used.get(kind));
    }

    List<PipelineSpec> pipelines() {
        return pipelines;
    }

    Settings telemetry() {
        return telemetry;
    }
}
