package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.List;

/** The keys of the resource processor. */
final class Resource {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "resource",
            Stability.STABLE,
            EnumSet.complementOf(EnumSet.of(Signal.PROFILES)),
            "Changes the attributes of resources. Those of profiles may name keys by a dictionary, so these are left out.",
            keys(required(sections(
                    "attributes",
                    keys(
                            required(text("key", "The attribute to change.")),
                            required(
                                    choice(
                                            "action",
                                            List.of("insert", "update", "upsert", "delete"),
                                            "insert",
                                            "insert where it is missing, update where it is there, upsert in either case, delete.")),
                            scalar("value", "The value to set."),
                            text("from_attribute", "The attribute of the resource to copy the value from.")),
                    "Changes, done in order."))),
            Resource::check);

    private Resource() {}

    private static void check(Settings settings, RuleReport report) {
        if (!settings.has("attributes")) {
            return;
        }
        List<Settings> changes = settings.sections("attributes");
        if (changes.isEmpty()) {
            report.error("attributes", "an empty list (expected: at least one change)");
        }
        for (int i = 0; i < changes.size(); i++) {
            Settings change = changes.get(i);
            if (!change.isKnown("action")) {
                continue;
            }
            int sources = (change.has("value") ? 1 : 0) + (change.has("from_attribute") ? 1 : 0);
            boolean deletes = change.string("action").equals("delete");
            if (deletes && sources > 0) {
                report.error("attributes::" + i, "delete with a value (expected: key and action only)");
            } else if (!deletes && sources != 1) {
                report.error(
                        "attributes::" + i,
                        change.string("action") + " with " + (sources == 0 ? "no value" : "two values")
                                + " (expected: either value or from_attribute)");
            }
            if (change.isKnown("key") && change.string("key").isEmpty()) {
                report.error("attributes::" + i + "::key", "an empty key (expected: the attribute's name)");
            }
        }
    }
}
