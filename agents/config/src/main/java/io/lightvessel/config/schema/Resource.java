package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;

/** The keys of the resource processor. */
final class Resource {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "resource",
            Stability.STABLE,
            EnumSet.complementOf(EnumSet.of(Signal.PROFILES)),
            "Changes the attributes of resources. Those of profiles may name keys by a dictionary, so these are left out.",
            keys(required(sections("attributes", AttributeActions.KEYS, "Edits, done in order."))),
            (settings, report) -> AttributeActions.check(settings, "attributes", report));

    private Resource() {}
}
