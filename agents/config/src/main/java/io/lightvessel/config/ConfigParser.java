package io.lightvessel.config;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a config text into a checked, typed config, or says everything that is wrong with it. */
public final class ConfigParser {

    /** Longer texts are refused before they are looked at. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final List<String> TOP_LEVEL =
            List.of("receivers", "processors", "exporters", "extensions", "service");

    private ConfigParser() {}

    public static ParseOutcome parse(String text, Environment environment) {
        Report report = new Report();
        Optional<YamlNode> root = YamlReader.read(text, report);
        if (report.hasErrors()) {
            return new ParseOutcome.Invalid(report.findings());
        }
        if (root.isEmpty() || !(root.get() instanceof YamlNode.Mapping document)) {
            report.error(
                    "",
                    null,
                    root.map(YamlNode::what).orElse("nothing")
                            + " (expected: a mapping with receivers, exporters and service)");
            return new ParseOutcome.Invalid(report.findings());
        }
        SettingsReader settings = new SettingsReader(report, new Placeholders(environment));
        ComponentsReader components = new ComponentsReader(report, settings);
        ServiceReader service = new ServiceReader(report, settings, components);
        readDocument(document, components, service, report);
        if (report.hasErrors()) {
            return new ParseOutcome.Invalid(report.findings());
        }
        PipelineConfig config = new PipelineConfig(
                components.components(ComponentKind.RECEIVER),
                components.components(ComponentKind.PROCESSOR),
                components.components(ComponentKind.EXPORTER),
                enabledExtensions(components, service),
                service.pipelines(),
                service.telemetry());
        return new ParseOutcome.Valid(config, report.findings());
    }

    private static void readDocument(
            YamlNode.Mapping document, ComponentsReader components, ServiceReader service, Report report) {
        for (YamlNode.Entry entry : document.entries()) {
            if (!TOP_LEVEL.contains(entry.key())) {
                report.error(entry.key(), entry.line(), "unknown key " + NearestName.hint(entry.key(), TOP_LEVEL));
            }
        }
        for (ComponentKind kind : ComponentKind.values()) {
            YamlNode.Entry section = document.entry(kind.section());
            if (section != null) {
                components.read(kind, section.value());
            }
        }
        YamlNode.Entry serviceEntry = document.entry("service");
        if (serviceEntry == null) {
            report.error("service", document.line(), "missing (expected: a mapping with pipelines)");
        } else {
            service.read(serviceEntry.value());
        }
        checkStorage(components, service, report);
    }

    /** A component that keeps state names an extension; it has to be there and switched on. */
    private static void checkStorage(ComponentsReader components, ServiceReader service, Report report) {
        components.components(ComponentKind.RECEIVER).forEach((id, receiver) -> {
            if (!receiver.settings().isKnown("storage")) {
                return;
            }
            String storage = receiver.settings().string("storage");
            List<String> enabled = service.used(ComponentKind.EXTENSION).stream()
                    .map(ComponentId::toString)
                    .toList();
            if (!enabled.contains(storage)) {
                report.error(
                        "receivers::" + id + "::storage",
                        null,
                        "extension '" + storage + "' is not in service::extensions "
                                + NearestName.hint(storage, enabled));
            }
        });
    }

    private static SortedMap<ComponentId, ComponentConfig> enabledExtensions(
            ComponentsReader components, ServiceReader service) {
        SortedMap<ComponentId, ComponentConfig> enabled = new TreeMap<>(components.components(ComponentKind.EXTENSION));
        enabled.keySet().retainAll(service.used(ComponentKind.EXTENSION));
        return enabled;
    }
}
