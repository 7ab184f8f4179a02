package io.lightvessel.config;

import static io.lightvessel.config.Keys.*;

import java.util.EnumSet;
import java.util.List;

/** The extensions this version knows. */
final class ExtensionSchemas {

    private static final ComponentSchema HEALTH_CHECK = new ComponentSchema(
            ComponentKind.EXTENSION,
            "health_check",
            EnumSet.noneOf(Signal.class),
            "Named by many configs; the agent answers health checks whether or not it is there.",
            keys(
                    ineffective(listen(
                            "endpoint",
                            "localhost:13133",
                            "the agent's own setting LIGHTVESSEL_HEALTH_ENDPOINT says where health is answered.")),
                    ineffective(text("path", "/", "health is answered on the agent's own paths."))));

    private static final ComponentSchema FILE_STORAGE = new ComponentSchema(
            ComponentKind.EXTENSION,
            "file_storage",
            EnumSet.noneOf(Signal.class),
            "Named by many configs; the agent keeps state in its state directory whether or not it is there.",
            keys(ineffective(required(text("directory", "state is always kept in the agent's state directory.")))));

    static final List<ComponentSchema> ALL = List.of(FILE_STORAGE, HEALTH_CHECK);

    private ExtensionSchemas() {}
}
