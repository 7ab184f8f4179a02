package io.lightvessel.config;

import io.lightvessel.config.schema.Components;
import java.util.List;
import java.util.Optional;

/** Every component this version knows, with its keys. */
public final class ComponentCatalog {

    private static final List<ComponentSchema> ALL = Components.ALL;

    private ComponentCatalog() {}

    public static List<ComponentSchema> all() {
        return ALL;
    }

    public static Optional<ComponentSchema> find(ComponentKind kind, String type) {
        return ALL.stream()
                .filter(schema -> schema.kind() == kind && schema.type().equals(type))
                .findFirst();
    }

    static List<String> types(ComponentKind kind) {
        return ALL.stream()
                .filter(schema -> schema.kind() == kind)
                .map(ComponentSchema::type)
                .toList();
    }
}
