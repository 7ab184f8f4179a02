package io.lightvessel.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the sections that define components, and remembers which ids were written, valid or not. */
final class ComponentsReader {

    private final Report report;
    private final SettingsReader settingsReader;
    private final Map<ComponentKind, SortedMap<ComponentId, ComponentConfig>> components =
            new EnumMap<>(ComponentKind.class);
    private final Map<ComponentKind, Map<ComponentId, Integer>> lines = new EnumMap<>(ComponentKind.class);

    ComponentsReader(Report report, SettingsReader settingsReader) {
        this.report = report;
        this.settingsReader = settingsReader;
        for (ComponentKind kind : ComponentKind.values()) {
            components.put(kind, new TreeMap<>());
            lines.put(kind, new HashMap<>());
        }
    }

    void read(ComponentKind kind, YamlNode node) {
        switch (node) {
            case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> readOne(kind, entry));
            case YamlNode.Scalar scalar when scalar.isNull() -> {
                // An empty section defines nothing.
            }
            case YamlNode.Scalar _, YamlNode.Sequence _ ->
                report.error(
                        kind.section(), node.line(), node.what() + " (expected: a mapping of " + kind.section() + ")");
        }
    }

    private void readOne(ComponentKind kind, YamlNode.Entry entry) {
        String path = Report.path(kind.section(), entry.key());
        Optional<ComponentId> parsed = idOf(entry.key(), path, entry.line());
        if (parsed.isEmpty()) {
            return;
        }
        ComponentId id = parsed.get();
        lines(kind).put(id, entry.line());
        Optional<ComponentSchema> schema = ComponentCatalog.find(kind, id.type());
        if (schema.isEmpty()) {
            report.error(
                    path,
                    entry.line(),
                    "unknown " + kind.label() + " type '" + id.type() + "' "
                            + NearestName.hint(id.type(), ComponentCatalog.types(kind)));
            return;
        }
        int errorsBefore = report.errorCount();
        Settings settings = settingsReader.read(schema.get().keys(), entry.value(), path);
        if (report.errorCount() == errorsBefore) {
            schema.get().rule().check(settings, new RuleReport(report, path, entry.line()));
        }
        components(kind).put(id, new ComponentConfig(kind, id, settings));
    }

    private Optional<ComponentId> idOf(String text, String path, int line) {
        try {
            return Optional.of(ComponentId.parse(text));
        } catch (IllegalArgumentException e) {
            report.error(path, line, Objects.requireNonNullElse(e.getMessage(), "no component id"));
            return Optional.empty();
        }
    }

    SortedMap<ComponentId, ComponentConfig> components(ComponentKind kind) {
        return Objects.requireNonNull(components.get(kind));
    }

    private Map<ComponentId, Integer> lines(ComponentKind kind) {
        return Objects.requireNonNull(lines.get(kind));
    }

    boolean isDefined(ComponentKind kind, ComponentId id) {
        return lines(kind).containsKey(id);
    }

    List<String> definedNames(ComponentKind kind) {
        return lines(kind).keySet().stream().sorted().map(ComponentId::toString).toList();
    }

    /** Warns of what is defined but nowhere used: it would not run, which is rarely meant. */
    void reportUnused(ComponentKind kind, Collection<ComponentId> used) {
        for (ComponentId id : new ArrayList<>(lines(kind).keySet())) {
            if (!used.contains(id)) {
                @Nullable Integer line = lines(kind).get(id);
                String user = kind == ComponentKind.EXTENSION
                        ? "service::extensions does not name it"
                        : "no pipeline uses it";
                report.warning(Report.path(kind.section(), id.toString()), line, user + ", so it will not run");
            }
        }
    }
}
