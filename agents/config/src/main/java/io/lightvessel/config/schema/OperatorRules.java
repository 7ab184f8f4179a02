package io.lightvessel.config.schema;

import com.google.re2j.Pattern;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.expression.Expression;
import io.lightvessel.config.expression.ExpressionError;
import io.lightvessel.config.operators.FieldName;
import io.lightvessel.config.operators.TimeLayout;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to hold for the settings of one operator. */
final class OperatorRules {
    private static final List<String> EPOCHS = List.of("s", "ms", "us", "ns", "s.ms", "s.us", "s.ns");
    private static final java.util.regex.Pattern SEVERITY =
            java.util.regex.Pattern.compile("(trace|debug|info|warn|error|fatal)[234]?");

    private final Settings operator;
    private final String at;
    private final RuleReport report;

    OperatorRules(Settings operator, String at, RuleReport report) {
        this.operator = operator;
        this.at = at;
        this.report = report;
    }

    void check() {
        Stream.of("parse_from", "field", "from", "to").forEach(key -> field(operator, key, at));
        if (operator.isKnown("if")) {
            expression("if", Expression::parse);
        }
        if (operator.has("severity")) {
            severity(operator.section("severity"), at + "::severity");
        }
        if (operator.has("timestamp")) {
            time(operator.section("timestamp"), at + "::timestamp");
        }
        switch (operator.string("type")) {
            case "recombine" -> recombine();
            case "regex_parser" -> namedGroups();
            case "severity_parser" -> severity(operator, at);
            case "time_parser" -> time(operator, at);
            case "regex_replace" -> replacement();
            case "move" -> move();
            case "remove" -> attribute("field");
            case "add" -> {
                attribute("field");
                needed(operator, "value", at);
            }
            case "key_value_parser" -> Stream.of("delimiter", "pair_delimiter").forEach(this::oneCharacter);
            default -> {
                // The others have nothing to be held against each other.
            }
        }
    }

    private void recombine() {
        List<String> how = Stream.of("language", "is_first_entry", "is_last_entry")
                .filter(operator::has)
                .toList();
        if (how.size() != 1) {
            report.error(
                    at,
                    "recombine with " + (how.isEmpty() ? "no condition" : String.join(" and ", how))
                            + " (expected: one of language, is_first_entry, is_last_entry)");
        }
        for (String key : List.of("is_first_entry", "is_last_entry")) {
            if (operator.isKnown(key)) {
                expression(key, Expression::parseOfBody);
            }
        }
    }

    private interface Parse {
        Expression of(String text) throws ExpressionError;
    }

    private void expression(String key, Parse parse) {
        try {
            parse.of(operator.string(key));
        } catch (ExpressionError e) {
            report.error(at + "::" + key, e.getMessage());
        }
    }

    private void namedGroups() {
        Pattern pattern = pattern();
        if (pattern != null
                && (pattern.groupCount() == 0
                        || pattern.groupCount() != pattern.namedGroups().size())) {
            report.error(
                    at + "::regex",
                    pattern.groupCount() + " groups, " + pattern.namedGroups().size()
                            + " of them named (expected: at least one group, each with a name, as in (?P<name>[a-z]+))");
        }
    }

    private void replacement() {
        needed(operator, "field", at);
        if (operator.has("regex") == operator.has("regex_name")) {
            report.error(
                    at,
                    "regex_replace with " + (operator.has("regex") ? "regex and regex_name" : "no regex")
                            + " (expected: one of regex, regex_name)");
        } else if (operator.has("regex")) {
            Pattern pattern = pattern();
            if (pattern != null && operator.isKnown("replace_with")) {
                Replacement.check(pattern, operator.string("replace_with"), at + "::replace_with", report);
            }
        }
    }

    private @Nullable Pattern pattern() {
        needed(operator, "regex", at);
        return operator.isKnown("regex")
                ? AttributeActions.compiled(operator.string("regex"), at + "::regex", report)
                : null;
    }

    private void move() {
        needed(operator, "from", at);
        needed(operator, "to", at);
        if (operator.isKnown("from") && operator.string("from").equals("body")) {
            report.error(at + "::from", "body (expected: an attribute)");
        }
    }

    private void attribute(String key) {
        needed(operator, key, at);
        if (operator.isKnown(key) && operator.string(key).equals("body")) {
            report.error(at + "::" + key, "body (expected: an attribute)");
        }
    }

    private void severity(Settings settings, String place) {
        needed(settings, "parse_from", place);
        field(settings, "parse_from", place);
        for (String severity : settings.has("mapping") ? settings.mapKeys("mapping") : List.<String>of()) {
            if (!SEVERITY.matcher(severity).matches()) {
                report.error(
                        place + "::mapping",
                        "'" + severity
                                + "' (expected: trace, debug, info, warn, error or fatal, or one with 2, 3 or 4)");
            }
        }
    }

    private void time(Settings settings, String place) {
        needed(settings, "parse_from", place);
        needed(settings, "layout", place);
        field(settings, "parse_from", place);
        if (!settings.isKnown("layout")) {
            return;
        }
        String layout = settings.string("layout");
        boolean epoch = settings.isKnown("layout_type")
                && settings.string("layout_type").equals("epoch");
        if (epoch ? !EPOCHS.contains(layout) : TimeLayout.parse(layout).isEmpty()) {
            report.error(
                    place + "::layout",
                    "'" + layout + "' (expected: " + (epoch ? String.join(", ", EPOCHS) : TimeLayout.EXPECTED) + ")");
        }
    }

    private void field(Settings settings, String key, String place) {
        if (settings.isKnown(key) && FieldName.parse(settings.string(key)).isEmpty()) {
            report.error(place + "::" + key, "'" + settings.string(key) + "' (expected: " + FieldName.EXPECTED + ")");
        }
    }

    private void oneCharacter(String key) {
        if (operator.isKnown(key)) {
            String text = operator.string(key);
            if (text.length() != 1 || text.charAt(0) > '~') {
                report.error(at + "::" + key, "'" + text + "' (expected: one character)");
            }
        }
    }

    private void needed(Settings settings, String key, String place) {
        if (!settings.has(key)) {
            report.error(place + "::" + key, "missing (expected: a value)");
        }
    }
}
