package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.List;

/** The keys of the attributes processor. */
final class Attributes {

    private static final List<String> SPAN_KINDS = List.of(
            "SPAN_KIND_INTERNAL", "SPAN_KIND_CLIENT", "SPAN_KIND_SERVER", "SPAN_KIND_CONSUMER", "SPAN_KIND_PRODUCER");

    private static final ObjectSchema ATTRIBUTE = keys(
            required(text("key", "The attribute.")),
            scalar("value", "Its value, or a pattern for it; without one it only has to be there."));

    private static final ObjectSchema MATCH = keys(
            required(choice(
                    "match_type",
                    List.of("strict", "regexp"),
                    "strict",
                    "Whether texts are compared as they are, or are patterns (RE2) to be found anywhere.")),
            section(
                    "regexp",
                    keys(
                            ineffective(flag(
                                    "cacheenabled",
                                    false,
                                    "results of short texts are always remembered, 1024 of them.")),
                            ineffective(whole(
                                    "cachemaxnumentries",
                                    0,
                                    Integer.MAX_VALUE,
                                    0,
                                    "results of short texts are always remembered, 1024 of them."))),
                    "Settings for patterns."),
            texts("services", "Service names, for spans: one of them has to match."),
            sections("resources", ATTRIBUTE, "Attributes of the resource that all have to match."),
            sections(
                    "libraries",
                    keys(
                            required(text("name", "The scope's name.")),
                            text("version", "The scope's version; empty for a scope without one.")),
                    "Scopes, for spans and logs: one of them has to match."),
            texts("span_names", "Names of spans: one of them has to match."),
            texts("span_kinds", "Kinds of spans, such as SPAN_KIND_SERVER: one of them has to match."),
            texts("log_bodies", "Bodies of log records: one of them has to match."),
            texts("log_severity_texts", "Severity texts of log records: one of them has to match."),
            optionalSection(
                    "log_severity_number",
                    keys(
                            whole("min", 0, 24, 0, "The lowest severity number that matches."),
                            flag("match_undefined", false, "Whether records without severity match.")),
                    "Severity numbers of log records."),
            texts("metric_names", "Names of metrics: one of them has to match."),
            sections("attributes", ATTRIBUTE, "Attributes of the span or log record that all have to match."));

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "attributes",
            Stability.STABLE,
            EnumSet.complementOf(EnumSet.of(Signal.PROFILES)),
            "Changes the attributes of spans, log records and data points.",
            keys(
                    optionalSection("include", MATCH, "What to change; all there is if this is not set."),
                    optionalSection("exclude", MATCH, "What not to change, even if it is included."),
                    required(sections("actions", AttributeActions.KEYS, "Edits, done in order."))),
            Attributes::check);

    private Attributes() {}

    private static void check(Settings settings, RuleReport report) {
        AttributeActions.check(settings, "actions", report);
        for (String key : List.of("include", "exclude")) {
            settings.optionalSection(key).ifPresent(match -> checkMatch(match, key, report));
        }
    }

    private static void checkMatch(Settings match, String at, RuleReport report) {
        if (!match.isKnown("match_type")) {
            return;
        }
        boolean regexp = match.string("match_type").equals("regexp");
        for (String key : List.of("resources", "attributes")) {
            List<Settings> attributes = match.sections(key);
            for (int i = 0; i < attributes.size(); i++) {
                checkAttribute(attributes.get(i), regexp, at + "::" + key + "::" + i, report);
            }
        }
        for (String key :
                List.of("services", "span_names", "span_kinds", "log_bodies", "log_severity_texts", "metric_names")) {
            if (match.has(key)) {
                checkTexts(match, key, regexp, at + "::" + key, report);
            }
        }
    }

    private static void checkAttribute(Settings attribute, boolean regexp, String at, RuleReport report) {
        if (attribute.isKnown("key") && attribute.string("key").isEmpty()) {
            report.error(at + "::key", "an empty key (expected: the attribute's name)");
        }
        if (!regexp || !attribute.isKnown("value")) {
            return;
        }
        if (attribute.scalar("value") instanceof String pattern) {
            AttributeActions.compiled(pattern, at + "::value", report);
        } else {
            report.error(
                    at + "::value", attribute.scalar("value") + " (expected: a pattern, since match_type is regexp)");
        }
    }

    private static void checkTexts(Settings match, String key, boolean regexp, String at, RuleReport report) {
        if (!match.areKnown(key)) {
            return;
        }
        List<String> texts = match.strings(key);
        for (int i = 0; i < texts.size(); i++) {
            if (regexp) {
                AttributeActions.compiled(texts.get(i), at + "::" + i, report);
            } else if (key.equals("span_kinds") && !SPAN_KINDS.contains(texts.get(i))) {
                report.error(
                        at + "::" + i,
                        "'" + texts.get(i) + "' (expected: one of " + String.join(", ", SPAN_KINDS) + ")");
            }
        }
    }
}
