package io.lightvessel.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every component this version knows, with its keys. */
public final class ComponentCatalog {

    private static final List<ComponentSchema> ALL = Stream.of(
                    ReceiverSchemas.ALL, ProcessorSchemas.ALL, ExporterSchemas.ALL, ExtensionSchemas.ALL)
            .flatMap(List::stream)
            .toList();

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
