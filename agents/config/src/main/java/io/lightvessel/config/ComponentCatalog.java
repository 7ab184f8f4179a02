package io.lightvessel.config;

import java.util.List;
import java.util.Optional;

/** Every component this version knows, with its keys. */
public final class ComponentCatalog {

    private ComponentCatalog() {}

    public static List<ComponentSchema> all() {
        return List.of();
    }

    public static Optional<ComponentSchema> find(ComponentKind kind, String type) {
        return all().stream()
                .filter(schema -> schema.kind() == kind && schema.type().equals(type))
                .findFirst();
    }
}
