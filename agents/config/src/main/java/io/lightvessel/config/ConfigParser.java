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
        SortedMap<ComponentId, ComponentConfig> extensions = enabledExtensions(components, service);
        ExtensionReferences references = new ExtensionReferences(extensions, report);
        PipelineConfig config = new PipelineConfig(
                references.resolve(components.components(ComponentKind.RECEIVER)),
                references.resolve(components.components(ComponentKind.PROCESSOR)),
                references.resolve(components.components(ComponentKind.EXPORTER)),
                references.resolve(extensions),
                service.pipelines(),
                service.telemetry());
        if (report.hasErrors()) {
            return new ParseOutcome.Invalid(report.findings());
        }
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
    }

    private static SortedMap<ComponentId, ComponentConfig> enabledExtensions(
            ComponentsReader components, ServiceReader service) {
        SortedMap<ComponentId, ComponentConfig> enabled = new TreeMap<>(components.components(ComponentKind.EXTENSION));
        enabled.keySet().retainAll(service.used(ComponentKind.EXTENSION));
        return enabled;
    }
}
