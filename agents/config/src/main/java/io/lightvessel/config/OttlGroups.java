package io.lightvessel.config;

import io.lightvessel.config.ottl.Ottl;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.OttlError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of OTTL statements and checks each. A list becomes groups with the keys {@code context} (absent as long as
 * the environment is not known and it has to be inferred), {@code qualified} (whether it was inferred), {@code error_mode}
 * (absent if not written), {@code conditions} and {@code statements}; a statement by itself is a group of its own, with
 * {@code single} set.
 */
final class OttlGroups {

    private static final KeySchema TEXT = new KeySchema("", new ValueType.Text(), null, false, false, true, "");
    private static final KeySchema TEXTS = new KeySchema("", new ValueType.TextList(), null, false, false, true, "");

    private final Report report;
    private final SettingsReader reader;

    OttlGroups(Report report, SettingsReader reader) {
        this.report = report;
        this.reader = reader;
    }

    /** Checks one text. */
    @FunctionalInterface
    private interface Check {
        void check(String text) throws OttlError;
    }

    /** A list of conditions for a context. */
    @Nullable
    List<Object> conditions(ValueType.Conditions type, YamlNode node, String path) {
        List<Object> texts = reader.texts(TEXTS, type, node, path);
        checkAll(texts, node, path, text -> Ottl.condition(text, type.context()));
        return texts;
    }

    /** A list of statements or groups. */
    @Nullable
    List<Object> groups(ValueType.Ottl type, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            report.error(path, node.line(), node.what() + " (expected: " + type.expectation() + ")");
            return null;
        }
        List<Object> groups = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            YamlNode element = sequence.elements().get(i);
            String at = Report.path(path, String.valueOf(i));
            Settings group = switch (element) {
                case YamlNode.Scalar scalar -> single(type, scalar, at);
                case YamlNode.Mapping mapping -> group(type, mapping, at);
                case YamlNode.Sequence _ -> {
                    report.error(
                            at,
                            element.line(),
                            element.what() + " (expected: " + (type.statements() ? "a statement" : "a condition")
                                    + " or a mapping of keys)");
                    yield null;
                }
            };
            if (group != null) {
                groups.add(group);
            }
        }
        return groups;
    }

    private @Nullable Settings single(ValueType.Ottl type, YamlNode.Scalar scalar, String path) {
        List<Object> texts =
                reader.texts(TEXTS, TEXT.type(), new YamlNode.Sequence(List.of(scalar), scalar.line()), path);
        if (texts == null || texts.isEmpty()) {
            return null;
        }
        String key = type.statements() ? "statements" : "conditions";
        Map<String, Object> values = new LinkedHashMap<>(Map.of(key, texts, "qualified", true, "single", true));
        if (!type.statements() || texts.getFirst() instanceof Placeholder) {
            values.putIfAbsent("statements", List.of());
        }
        values.putIfAbsent("conditions", List.of());
        if (texts.getFirst() instanceof String text) {
            check(text, path, scalar.line(), _ -> {
                OttlContext context = contextOf(text, type.statements(), type.signal());
                values.put("context", context.label());
                checkIn(text, type.statements(), context, true);
            });
        }
        return new Settings(values, Set.of());
    }

    private static OttlContext contextOf(String text, boolean statement, Signal signal) throws OttlError {
        return statement ? Ottl.contextOf(text, signal) : Ottl.contextOfCondition(text, signal);
    }

    private static void checkIn(String text, boolean statement, OttlContext context, boolean qualified)
            throws OttlError {
        if (statement && qualified) {
            Ottl.qualifiedStatement(text, context);
        } else if (statement) {
            Ottl.statement(text, context);
        } else if (qualified) {
            Ottl.qualifiedCondition(text, context);
        } else {
            Ottl.condition(text, context);
        }
    }

    private Settings group(ValueType.Ottl type, YamlNode.Mapping mapping, String path) {
        int errorsBefore = report.errorCount();
        Settings read = reader.read(schema(type), mapping, path);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : List.of("context", "error_mode", "conditions", "statements")) {
            Object value = read.raw(key);
            values.put(key, value == null ? List.of() : value);
            if (value == null && !key.endsWith("s")) {
                values.remove(key);
            }
        }
        values.put("single", false);
        values.put("qualified", !values.containsKey("context"));
        if (report.errorCount() == errorsBefore) {
            checkGroup(type, mapping, path, values);
        }
        return new Settings(values, Set.of());
    }

    private void checkGroup(ValueType.Ottl type, YamlNode.Mapping mapping, String path, Map<String, Object> values) {
        List<?> statements = list(values, "statements");
        List<?> conditions = list(values, "conditions");
        boolean empty = type.statements() ? statements.isEmpty() : conditions.isEmpty();
        if (empty) {
            String key = type.statements() ? "statements" : "conditions";
            report.error(Report.path(path, key), mapping.line(), "an empty list (expected: at least one)");
            return;
        }
        OttlContext context = context(type, mapping, path, values, statements, conditions);
        if (context == null) {
            return;
        }
        values.put("context", context.label());
        boolean qualified = Boolean.TRUE.equals(values.get("qualified"));
        checkList("statements", statements, mapping, path, text -> checkIn(text, true, context, qualified));
        checkList("conditions", conditions, mapping, path, text -> checkIn(text, false, context, qualified));
    }

    private static List<?> list(Map<String, Object> values, String key) {
        return values.get(key) instanceof List<?> list ? list : List.of();
    }

    /** The context as written, or the innermost one that anything in the group names; null when it cannot be known. */
    private @Nullable OttlContext context(
            ValueType.Ottl type,
            YamlNode.Mapping mapping,
            String path,
            Map<String, Object> values,
            List<?> statements,
            List<?> conditions) {
        if (values.get("context") instanceof String word) {
            return OttlContext.of(type.signal()).stream()
                    .filter(known -> known.label().equals(word))
                    .findFirst()
                    .orElseThrow();
        }
        if (values.containsKey("context")) {
            return null;
        }
        List<OttlContext> named = new ArrayList<>();
        int errorsBefore = report.errorCount();
        checkList("statements", statements, mapping, path, text -> named.add(contextOf(text, true, type.signal())));
        checkList("conditions", conditions, mapping, path, text -> named.add(contextOf(text, false, type.signal())));
        boolean complete = named.size() == statements.size() + conditions.size();
        return report.errorCount() > errorsBefore || !complete ? null : Ottl.innermost(named);
    }

    private void checkList(String key, List<?> texts, YamlNode.Mapping mapping, String path, Check check) {
        YamlNode.@Nullable Entry entry = mapping.entry(key);
        if (entry != null) {
            checkAll(texts, entry.value(), Report.path(path, key), check);
        }
    }

    private void checkAll(@Nullable List<?> texts, YamlNode node, String path, Check check) {
        if (texts == null
                || !(node instanceof YamlNode.Sequence sequence)
                || sequence.elements().size() != texts.size()) {
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i) instanceof String text) {
                check(
                        text,
                        Report.path(path, String.valueOf(i)),
                        sequence.elements().get(i).line(),
                        check);
            }
        }
    }

    private void check(String text, String path, int line, Check check) {
        try {
            check.check(text);
        } catch (OttlError e) {
            report.error(path, line, e.describe(text));
        }
    }

    private static ObjectSchema schema(ValueType.Ottl type) {
        List<String> contexts =
                OttlContext.of(type.signal()).stream().map(OttlContext::label).toList();
        List<KeySchema> keys = new ArrayList<>();
        keys.add(key("context", new ValueType.Choice(contexts)));
        keys.add(key("error_mode", new ValueType.Choice(List.of("ignore", "silent", "propagate"))));
        keys.add(key("conditions", new ValueType.TextList()));
        if (type.statements()) {
            keys.add(key("statements", new ValueType.TextList()));
        }
        return new ObjectSchema(keys);
    }

    private static KeySchema key(String name, ValueType type) {
        return new KeySchema(name, type, null, false, false, true, "");
    }
}
