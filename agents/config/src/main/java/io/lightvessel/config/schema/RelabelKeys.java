package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.ValueType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of a relabel rule, and what has to hold between them. */
final class RelabelKeys {

    private static final String ANYTHING = "(.*)";
    private static final String FIRST_GROUP = "$1";
    private static final String SEMICOLON = ";";
    private static final int LONGEST_REGEX = 10_000;

    /** What a label's name may be made of when groups of the expression are still to be put into it. */
    private static final Pattern LEGACY_TEMPLATE = Pattern.compile("(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+");

    private static final Set<String> WITH_TARGET =
            Set.of("replace", "hashmod", "lowercase", "uppercase", "keepequal", "dropequal");

    static final ObjectSchema KEYS = keys(
            texts("source_labels", "The labels whose values, joined by separator, the rule looks at."),
            text("separator", SEMICOLON, "What is put between them."),
            text("target_label", "The label that is set or compared."),
            text("regex", ANYTHING, "A regular expression (RE2) for the whole of the value, or of a label's name."),
            key("modulus", new ValueType.Whole(1, Long.MAX_VALUE), null, "For hashmod: the number of shards."),
            text("replacement", FIRST_GROUP, "What is set; $1 or ${1} is the first group of regex."),
            key(
                    "action",
                    new ValueType.Choice(
                            List.of(
                                    "replace",
                                    "lowercase",
                                    "uppercase",
                                    "keep",
                                    "drop",
                                    "keepequal",
                                    "dropequal",
                                    "hashmod",
                                    "labelmap",
                                    "labeldrop",
                                    "labelkeep"),
                            true),
                    "replace",
                    "What is done where regex matches: set target_label, keep or drop the target or series, copy, drop or "
                            + "keep labels by name."));

    private RelabelKeys() {}

    /**
     * @param key the key with the list of rules
     * @param at the path of the settings, ending with {@code ::}
     */
    static void check(Settings settings, String key, String at, boolean legacyNames, RuleReport report) {
        List<Settings> rules = settings.sections(key);
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), at + key + "::" + i, legacyNames, report);
        }
    }

    private static void rule(Settings rule, String at, boolean legacyNames, RuleReport report) {
        if (rule.isKnown("regex")) {
            regex(rule.string("regex"), at + "::regex", report);
        }
        if (rule.areKnown("source_labels")) {
            List<String> sources = rule.strings("source_labels");
            for (int i = 0; i < sources.size(); i++) {
                name(sources.get(i), at + "::source_labels::" + i, legacyNames, report);
            }
        }
        if (!rule.isKnown("action")) {
            return;
        }
        String action = rule.string("action");
        if (WITH_TARGET.contains(action)) {
            target(rule, action, at, legacyNames, report);
        }
        switch (action) {
            case "hashmod" -> {
                if (!rule.has("modulus")) {
                    report.error(at + "::modulus", "missing (expected: the number of shards, since action is hashmod)");
                }
            }
            case "labelmap" -> {
                if (rule.isKnown("replacement")) {
                    template(rule.string("replacement"), at + "::replacement", legacyNames, report);
                }
            }
            case "keepequal", "dropequal" -> {
                nothingElse(rule, action, at, "regex", ANYTHING, report);
                nothingElse(rule, action, at, "separator", SEMICOLON, report);
                nothingElse(rule, action, at, "replacement", FIRST_GROUP, report);
                nothingElse(rule, action, at, "modulus", null, report);
            }
            case "labeldrop", "labelkeep" -> {
                if (!rule.isEmptyList("source_labels")) {
                    report.error(at + "::source_labels", "with " + action + " (expected: regex only)");
                }
                nothingElse(rule, action, at, "separator", SEMICOLON, report);
                nothingElse(rule, action, at, "replacement", FIRST_GROUP, report);
                nothingElse(rule, action, at, "target_label", null, report);
                nothingElse(rule, action, at, "modulus", null, report);
            }
            default -> {
                // keep, drop, replace and the changes of case take what is there.
            }
        }
    }

    private static void target(Settings rule, String action, String at, boolean legacyNames, RuleReport report) {
        if (!rule.has("target_label")
                || rule.isKnown("target_label") && rule.string("target_label").isEmpty()) {
            report.error(at + "::target_label", "missing (expected: a label's name, since action is " + action + ")");
        } else if (rule.isKnown("target_label")) {
            String target = rule.string("target_label");
            if (action.equals("replace") && target.indexOf('$') >= 0) {
                template(target, at + "::target_label", legacyNames, report);
            } else {
                name(target, at + "::target_label", legacyNames, report);
            }
        }
    }

    private static void nothingElse(
            Settings rule, String action, String at, String key, @Nullable String allowed, RuleReport report) {
        if (!rule.has(key)
                || rule.isKnown(key) && allowed != null && rule.string(key).equals(allowed)) {
            return;
        }
        String only = action.startsWith("label") ? "regex only" : "source_labels and target_label only";
        report.error(at + "::" + key, "with " + action + " (expected: " + only + ")");
    }

    private static void regex(String regex, String at, RuleReport report) {
        if (regex.length() > LONGEST_REGEX) {
            report.error(at, regex.length() + " characters (expected: at most " + LONGEST_REGEX + ")");
            return;
        }
        try {
            Pattern.compile("^(?s:" + regex + ")$");
        } catch (PatternSyntaxException e) {
            report.error(at, "'" + regex + "': " + e.getDescription() + " (expected: a regular expression (RE2))");
        }
    }

    private static void name(String name, String at, boolean legacyNames, RuleReport report) {
        if (!LabelNames.isValid(name, legacyNames)) {
            report.error(at, "'" + name + "' (expected: a label's name)");
        }
    }

    private static void template(String template, String at, boolean legacyNames, RuleReport report) {
        boolean good = legacyNames ? LEGACY_TEMPLATE.matches(template) : LabelNames.isValid(template, false);
        if (!good) {
            report.error(at, "'" + template + "' (expected: a label's name, with groups such as $1)");
        }
    }
}
