package io.lightvessel.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows people what a component's settings came to: every key with its value, where that is from and what it means. */
public final class EffectiveSettings {

    private final List<Row> rows = new ArrayList<>();

    private EffectiveSettings() {}

    /**
     * One key.
     *
     * @param path from the component's root, such as {@code protocols::grpc::endpoint}
     * @param value as the config would write it; null when there is none, masked when it is secret
     * @param isDefault whether the value is what it would be if the config did not mention it
     * @param expected what values the key takes
     */
    public record Row(
            String path,
            @Nullable String value,
            boolean isDefault,
            boolean secret,
            boolean effective,
            String expected,
            String doc) {}

    /** The rows in the schema's order, sections followed by their keys. */
    public static List<Row> of(ObjectSchema schema, Settings settings) {
        EffectiveSettings shown = new EffectiveSettings();
        shown.section(schema, settings, "");
        return List.copyOf(shown.rows);
    }

    private void section(ObjectSchema schema, Settings settings, String parent) {
        for (KeySchema key : schema.keys()) {
            String path = Report.path(parent, key.name());
            Object value = settings.raw(key.name());
            switch (key.type()) {
                case ValueType.Section section
                when value instanceof Settings inner -> section(section.keys(), inner, path);
                case ValueType.SectionList list
                when value instanceof List<?> elements && !elements.isEmpty() -> {
                    for (int i = 0; i < elements.size(); i++) {
                        section(list.keys(), (Settings) elements.get(i), Report.path(path, String.valueOf(i)));
                    }
                }
                case ValueType.SectionMap map
                when value instanceof Map<?, ?> sections && !sections.isEmpty() ->
                    sections.forEach((name, inner) ->
                            section(map.keys(), (Settings) inner, Report.path(path, String.valueOf(name))));
                case ValueType.Refused _ -> {
                    // Never has a value.
                }
                case ValueType.TextMap _, ValueType.TextListMap _
                when value instanceof Map<?, ?> map && !map.isEmpty() ->
                    map.forEach((name, text) -> row(key, Report.path(path, String.valueOf(name)), text, false));
                default -> row(key, path, value, isDefault(key, value));
            }
        }
    }

    private void row(KeySchema key, String path, @Nullable Object value, boolean isDefault) {
        rows.add(new Row(
                path,
                value == null ? null : shown(key, value),
                isDefault,
                key.secret(),
                key.effective(),
                key.type().expectation(),
                key.doc()));
    }

    private static boolean isDefault(KeySchema key, @Nullable Object value) {
        if (value == null || isEmpty(value)) {
            return true;
        }
        return key.defaultValue() != null
                && !(value instanceof List)
                && value.equals(ScalarValue.read(key.type(), key.defaultValue(), true));
    }

    private static boolean isEmpty(Object value) {
        return value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static @Nullable String shown(KeySchema key, Object value) {
        if (isEmpty(value)) {
            return null;
        }
        if (key.secret()) {
            return Settings.REDACTED;
        }
        return switch (value) {
            case Duration duration when key.type() instanceof ValueType.PromSpan -> PromDuration.format(duration);
            case Duration duration -> GoDuration.format(duration);
            case List<?> list ->
                String.join(", ", list.stream().map(String::valueOf).toList());
            case String text
            when key.type() instanceof ValueType.Url || key.type() instanceof ValueType.GrpcTarget -> address(text);
            default -> value.toString();
        };
    }

    /** User info and query of a URL may be credentials. */
    private static String address(String text) {
        if (text.indexOf('@') >= 0) {
            return Settings.REDACTED;
        }
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query + 1) + Settings.REDACTED;
    }
}
