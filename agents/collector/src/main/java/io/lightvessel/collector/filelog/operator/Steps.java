package io.lightvessel.collector.filelog.operator;

import com.google.re2j.Pattern;
import io.lightvessel.config.Settings;
import io.lightvessel.config.expression.Expression;
import io.lightvessel.config.expression.ExpressionError;
import io.lightvessel.config.operators.KnownText;
import io.lightvessel.config.operators.TimeLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes operators of their settings, which were found right with the config. */
final class Steps {
    private static final String BODY = "body";

    private Steps() {}

    /** Those of a list, without what makes lines whole before all this. */
    static List<Step> of(List<Settings> settings) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            Settings one = settings.get(i);
            Operator operator = operator(one);
            if (operator != null) {
                String name =
                        one.string("type") + " " + one.optionalString("id").orElse("operators::" + i);
                steps.add(new Step(name, condition(one), parts(operator, one), OnError.of(one)));
            }
        }
        return steps;
    }

    private static List<Operator> parts(Operator operator, Settings settings) {
        List<Operator> parts = new ArrayList<>(List.of(operator));
        if (settings.has("severity")) {
            parts.add(severity(settings.section("severity")));
        }
        if (settings.has("timestamp")) {
            parts.add(time(settings.section("timestamp")));
        }
        return parts;
    }

    private static @Nullable Expression condition(Settings settings) {
        if (!settings.has("if")) {
            return null;
        }
        try {
            return Expression.parse(settings.string("if"));
        } catch (ExpressionError e) {
            throw new IllegalArgumentException("if: '" + settings.string("if") + "': " + e.getMessage(), e);
        }
    }

    private static @Nullable Operator operator(Settings settings) {
        return switch (settings.string("type")) {
            case "json_parser" ->
                new JsonParser(source(settings), settings.has("parse_ints") && settings.flag("parse_ints"));
            case "key_value_parser" ->
                new KeyValueParser(
                        source(settings),
                        new KeyValueText(
                                character(settings, "delimiter", '='), character(settings, "pair_delimiter", ' ')));
            case "regex_parser" -> new RegexParser(source(settings), Pattern.compile(settings.string("regex")));
            case "severity_parser" -> severity(settings);
            case "time_parser" -> time(settings);
            case "regex_replace" ->
                new RegexReplacer(
                        Field.of(settings.string("field")),
                        settings.has("regex")
                                ? settings.string("regex")
                                : KnownText.of(settings.string("regex_name")).regex(),
                        settings.optionalString("replace_with").orElse(""));
            case "move" -> Edits.move(Field.of(settings.string("from")), Field.of(settings.string("to")));
            case "remove" -> Edits.remove(Field.of(settings.string("field")));
            case "add" -> Edits.add(Field.of(settings.string("field")), settings.string("value"));
            default -> null;
        };
    }

    private static Field source(Settings settings) {
        return Field.of(settings.optionalString("parse_from").orElse(BODY));
    }

    private static byte character(Settings settings, String key, char usual) {
        return (byte) (settings.has(key) ? settings.string(key).charAt(0) : usual);
    }

    private static Operator severity(Settings settings) {
        Map<String, List<String>> mapping = settings.has("mapping") ? settings.stringListMap("mapping") : Map.of();
        boolean usual = !settings.has("preset") || settings.string("preset").equals("default");
        return new SeverityParser(source(settings), mapping, usual);
    }

    private static Operator time(Settings settings) {
        String layout = settings.string("layout");
        boolean epoch =
                settings.has("layout_type") && settings.string("layout_type").equals("epoch");
        return new TimeParser(
                source(settings),
                epoch
                        ? new EpochTime(layout)
                        : new LayoutTime(TimeLayout.parse(layout).orElseThrow()));
    }
}
