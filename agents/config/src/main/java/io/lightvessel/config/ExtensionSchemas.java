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
            "Answers health checks over HTTP.",
            keys(
                    listen("endpoint", "localhost:13133", "Where to listen."),
                    text("path", "/", "The path that answers.")));

    private static final ComponentSchema FILE_STORAGE = new ComponentSchema(
            ComponentKind.EXTENSION,
            "file_storage",
            EnumSet.noneOf(Signal.class),
            "Keeps state of other components in files.",
            keys(required(text("directory", "Where the files are; it must exist and be writable."))));

    static final List<ComponentSchema> ALL = List.of(FILE_STORAGE, HEALTH_CHECK);

    private ExtensionSchemas() {}
}
