package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.choice;
import static io.lightvessel.config.schema.Keys.extension;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.required;
import static io.lightvessel.config.schema.Keys.secret;
import static io.lightvessel.config.schema.Keys.sections;
import static io.lightvessel.config.schema.Keys.text;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Stability;
import java.util.List;
import java.util.Set;

/** The keys of the headers_setter extension. */
final class HeadersSetter {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "headers_setter",
            Stability.BETA,
            Set.of(),
            "Sets headers of an exporter's requests, also from headers that came with the telemetry (include_metadata).",
            keys(
                    required(sections(
                            "headers",
                            keys(
                                    choice(
                                            "action",
                                            List.of("insert", "update", "upsert", "delete"),
                                            "upsert",
                                            "insert where it is missing, update where it is there, upsert in either case, delete."),
                                    required(text("key", "The header to set.")),
                                    secret(text("value", "The value to set.")),
                                    text("value_file", "A file that holds the value; read again when it changes."),
                                    text("from_context", "The client's header to take the value from."),
                                    secret(text("default_value", "The value when from_context finds none."))),
                            "Headers, set in order.")),
                    extension(
                            "additional_auth",
                            ExtensionCapability.CLIENT_AUTH,
                            "Another extension whose headers are set first.")),
            HeadersSetter::check,
            Set.of(ExtensionCapability.CLIENT_AUTH));

    private HeadersSetter() {}

    private static void check(Settings settings, RuleReport report) {
        if (!settings.has("headers")) {
            return;
        }
        List<Settings> headers = settings.sections("headers");
        if (headers.isEmpty()) {
            report.error("headers", "an empty list (expected: at least one header)");
        }
        for (int i = 0; i < headers.size(); i++) {
            header(headers.get(i), "headers::" + i, report);
        }
    }

    private static void header(Settings header, String path, RuleReport report) {
        if (header.isKnown("key") && header.string("key").isBlank()) {
            report.error(path + "::key", "an empty name (expected: the name of a header)");
        }
        if (!header.isKnown("action")) {
            return;
        }
        int sources = 0;
        for (String source : List.of("value", "value_file", "from_context")) {
            sources += header.has(source) ? 1 : 0;
        }
        boolean deletes = header.string("action").equals("delete");
        if (deletes && sources > 0) {
            report.error(path, "delete with a value (expected: key and action only)");
        } else if (!deletes && sources != 1) {
            report.error(
                    path,
                    header.string("action") + " with " + (sources == 0 ? "no value" : "several values")
                            + " (expected: one of value, value_file and from_context)");
        }
        if (header.has("default_value") && !header.has("from_context")) {
            report.error(path + "::default_value", "without from_context (expected: only beside it)");
        }
    }
}
