package io.lightvessel.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Follows the ids of extensions in components' settings: each must be switched on, able to do what is asked, and no cycle. */
final class ExtensionReferences {

    /** One place where a component names an extension. */
    private record Reference(String path, String id, ExtensionCapability capability) {}

    private final SortedMap<ComponentId, ComponentConfig> enabled;
    private final Report report;

    /** @param enabled what {@code service.extensions} names */
    ExtensionReferences(SortedMap<ComponentId, ComponentConfig> enabled, Report report) {
        this.enabled = enabled;
        this.report = report;
    }

    /** The components with the extensions they need, whose settings then are part of theirs. */
    SortedMap<ComponentId, ComponentConfig> resolve(SortedMap<ComponentId, ComponentConfig> components) {
        SortedMap<ComponentId, ComponentConfig> resolved = new TreeMap<>();
        components.forEach((id, component) -> resolved.put(id, resolve(component, new LinkedHashSet<>())));
        return resolved;
    }

    private ComponentConfig resolve(ComponentConfig component, Set<ComponentId> above) {
        SortedMap<ComponentId, ComponentConfig> needed = new TreeMap<>();
        for (Reference reference : references(component)) {
            find(reference).ifPresent(extension -> {
                ComponentId id = extension.id();
                if (component.id().equals(id) && component.kind() == ComponentKind.EXTENSION || above.contains(id)) {
                    report.error(
                            reference.path(), null, "extension '" + id + "' leads back to itself (expected: no cycle)");
                    return;
                }
                Set<ComponentId> path = new LinkedHashSet<>(above);
                if (component.kind() == ComponentKind.EXTENSION) {
                    path.add(component.id());
                }
                needed.put(id, resolve(extension, path));
            });
        }
        return needed.isEmpty() ? component : component.with(needed);
    }

    private Optional<ComponentConfig> find(Reference reference) {
        ComponentId id;
        try {
            id = ComponentId.parse(reference.id());
        } catch (IllegalArgumentException e) {
            report.error(reference.path(), null, Objects.requireNonNullElse(e.getMessage(), "no component id"));
            return Optional.empty();
        }
        ComponentConfig extension = enabled.get(id);
        if (extension == null) {
            List<String> names =
                    enabled.keySet().stream().map(ComponentId::toString).toList();
            report.error(
                    reference.path(),
                    null,
                    "extension '" + id + "' is not in service::extensions " + NearestName.hint(id.toString(), names));
            return Optional.empty();
        }
        if (!can(id.type(), reference.capability())) {
            List<String> able = ComponentCatalog.types(ComponentKind.EXTENSION).stream()
                    .filter(type -> can(type, reference.capability()))
                    .toList();
            report.error(
                    reference.path(),
                    null,
                    "extension '" + id + "' is none that "
                            + reference.capability().phrase() + " (expected: one of " + String.join(", ", able) + ")");
            return Optional.empty();
        }
        return Optional.of(extension);
    }

    private static boolean can(String type, ExtensionCapability capability) {
        return ComponentCatalog.find(ComponentKind.EXTENSION, type)
                .filter(schema -> schema.capabilities().contains(capability))
                .isPresent();
    }

    private static List<Reference> references(ComponentConfig component) {
        List<Reference> found = new ArrayList<>();
        ComponentCatalog.find(component.kind(), component.id().type())
                .ifPresent(schema -> collect(
                        schema.keys(),
                        component.settings(),
                        Report.path(component.kind().section(), component.id().toString()),
                        found));
        return found;
    }

    private static void collect(ObjectSchema schema, Settings settings, String path, List<Reference> found) {
        for (KeySchema key : schema.keys()) {
            if (!settings.isKnown(key.name())) {
                continue;
            }
            String keyPath = Report.path(path, key.name());
            switch (key.type()) {
                case ValueType.ExtensionId reference ->
                    found.add(new Reference(keyPath, settings.string(key.name()), reference.capability()));
                case ValueType.Section section -> collect(section.keys(), settings.section(key.name()), keyPath, found);
                case ValueType.SectionList list -> {
                    List<Settings> elements = settings.sections(key.name());
                    for (int i = 0; i < elements.size(); i++) {
                        collect(list.keys(), elements.get(i), Report.path(keyPath, String.valueOf(i)), found);
                    }
                }
                default -> {
                    // Names no extension.
                }
            }
        }
    }
}
