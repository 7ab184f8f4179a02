package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of an edit of attributes, for all processors that have some, and what has to hold between them. */
final class AttributeActions {

    private static final List<String> SOURCES = List.of("value", "from_attribute", "from_context");

    static final ObjectSchema KEYS = keys(
            text("key", "The attribute to change, or to extract from."),
            required(choice(
                    "action",
                    List.of("insert", "update", "upsert", "delete", "hash", "extract", "convert"),
                    "insert",
                    "insert where it is missing, update where it is there, upsert in either case; delete; hash puts "
                            + "the SHA-256 of the value in its place; extract sets an attribute for each named group of "
                            + "the pattern; convert changes the type.")),
            scalar("value", "The value to set."),
            text("from_attribute", "The attribute to copy the value from."),
            text(
                    "from_context",
                    "metadata.NAME sets the header NAME of the request, several values joined by semicolons; the receiver "
                            + "needs include_metadata. client.address and auth.NAME are never there."),
            scalar("default_value", "The value to set where the source has none."),
            text(
                    "pattern",
                    "A regular expression (RE2): for delete and hash, keys to act on besides key; for extract, with named "
                            + "groups only, what to find in the value."),
            text("converted_type", "The type to convert to: int, double or string."));

    private AttributeActions() {}

    /** @param list the key that holds the actions */
    static void check(Settings settings, String list, RuleReport report) {
        if (!settings.has(list)) {
            return;
        }
        List<Settings> actions = settings.sections(list);
        if (actions.isEmpty()) {
            report.error(list, "an empty list (expected: at least one action)");
        }
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).isKnown("action")) {
                checkAction(actions.get(i), list + "::" + i, report);
            }
        }
    }

    private static void checkAction(Settings action, String at, RuleReport report) {
        String name = action.string("action");
        boolean keyed = action.has("key")
                && !(action.isKnown("key") && action.string("key").isEmpty());
        boolean byPattern = name.equals("delete") || name.equals("hash");
        if (!keyed && !(byPattern && action.has("pattern"))) {
            report.error(
                    at + "::key",
                    action.has("key")
                            ? "an empty key (expected: the attribute's name)"
                            : "missing (expected: the attribute's name" + (byPattern ? ", or a pattern)" : ")"));
        }
        List<String> used = new ArrayList<>(SOURCES.stream().filter(action::has).toList());
        boolean sets = !byPattern && !name.equals("extract") && !name.equals("convert");
        if (sets && used.size() != 1 && !(used.isEmpty() && action.has("default_value"))) {
            report.error(
                    at,
                    name + " with " + (used.isEmpty() ? "no value" : String.join(" and ", used))
                            + " (expected: one of value, from_attribute, from_context)");
        }
        if (!sets && action.has("default_value")) {
            used.add("default_value");
        }
        if (!sets && !used.isEmpty()) {
            report.error(at, name + " with " + String.join(" and ", used) + " (expected: " + expected(name) + ")");
        }
        checkPattern(action, name, at, report);
        checkType(action, name, at, report);
    }

    private static String expected(String action) {
        return switch (action) {
            case "extract" -> "key, action and pattern only";
            case "convert" -> "key, action and converted_type only";
            default -> "key, pattern and action only";
        };
    }

    private static void checkPattern(Settings action, String name, String at, RuleReport report) {
        boolean uses = name.equals("delete") || name.equals("hash") || name.equals("extract");
        if (action.has("pattern") && !uses) {
            report.error(
                    at + "::pattern", "a pattern for " + name + " (expected: one for delete, hash or extract only)");
            return;
        }
        if (name.equals("extract") && !action.has("pattern")) {
            report.error(at + "::pattern", "missing (expected: a regular expression with named groups)");
            return;
        }
        Pattern pattern =
                action.isKnown("pattern") ? compiled(action.string("pattern"), at + "::pattern", report) : null;
        if (pattern == null || !name.equals("extract")) {
            return;
        }
        if (pattern.groupCount() == 0
                || pattern.groupCount() != pattern.namedGroups().size()) {
            report.error(
                    at + "::pattern",
                    pattern.groupCount() + " groups, " + pattern.namedGroups().size()
                            + " of them named (expected: at least one group, each with a name, as in (?P<name>[a-z]+))");
        }
    }

    /** Null when the pattern is none, which is in the report then. */
    static @Nullable Pattern compiled(String pattern, String at, RuleReport report) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            report.error(
                    at,
                    "'" + pattern + "': " + e.getDescription()
                            + (e.getPattern().isEmpty() ? "" : " at '" + e.getPattern() + "'")
                            + " (expected: a regular expression in RE2's syntax)");
            return null;
        }
    }

    private static void checkType(Settings action, String name, String at, RuleReport report) {
        boolean converts = name.equals("convert");
        if (!converts && action.has("converted_type")) {
            report.error(at + "::converted_type", "a type for " + name + " (expected: one for convert only)");
        } else if (converts && !action.has("converted_type")) {
            report.error(at + "::converted_type", "missing (expected: int, double or string)");
        } else if (converts
                && action.isKnown("converted_type")
                && !List.of("int", "double", "string").contains(action.string("converted_type"))) {
            report.error(
                    at + "::converted_type",
                    "'" + action.string("converted_type") + "' (expected: int, double or string)");
        }
    }
}
