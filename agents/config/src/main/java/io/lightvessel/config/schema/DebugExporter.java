package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentRule;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.List;

/** The keys of the debug exporter. */
final class DebugExporter {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "debug",
            Stability.STABLE,
            EnumSet.allOf(Signal.class),
            "Writes what it gets to the agent's log.",
            keys(choice("verbosity", List.of("basic", "normal", "detailed"), "basic", "How much to write.")),
            ComponentRule.NONE);

    private DebugExporter() {}
}
