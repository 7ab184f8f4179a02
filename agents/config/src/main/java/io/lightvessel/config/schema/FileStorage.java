package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentRule;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.Set;

/** The keys of the file_storage extension. */
final class FileStorage {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "file_storage",
            Stability.BETA,
            EnumSet.noneOf(Signal.class),
            "Named by many configs; the agent keeps state in its state directory whether or not it is there.",
            keys(ineffective(required(text("directory", "state is always kept in the agent's state directory.")))),
            ComponentRule.NONE,
            Set.of(ExtensionCapability.STORAGE));

    private FileStorage() {}
}
