package io.lightvessel.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads a mapping into settings by its schema, reporting everything that does not fit. */
final class SettingsReader {

    private final Report report;
    private final Placeholders placeholders;

    SettingsReader(Report report, Placeholders placeholders) {
        this.report = report;
        this.placeholders = placeholders;
    }

    /** Settings with what is good in them; what is not is in the report. */
    Settings read(ObjectSchema schema, YamlNode node, String path) {
        YamlNode.Mapping mapping = switch (node) {
            case YamlNode.Mapping found -> found;
            case YamlNode.Scalar scalar when scalar.isNull() -> new YamlNode.Mapping(List.of(), scalar.line());
            case YamlNode.Scalar scalar -> misfit(scalar, path, "a mapping of keys");
            case YamlNode.Sequence sequence -> misfit(sequence, path, "a mapping of keys");
        };
        reportUnknownKeys(schema, mapping, path);
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> secrets = new HashSet<>();
        for (KeySchema key : schema.keys()) {
            YamlNode.@Nullable Entry entry = mapping.entry(key.name());
            if (entry != null) {
                report.locate(Report.path(path, key.name()), entry.line());
            }
            Object value = entry == null
                    ? absent(key, mapping.line(), path)
                    : present(key, entry.value(), Report.path(path, key.name()), mapping.line());
            if (value != null) {
                values.put(key.name(), value);
            }
            if (entry != null && !key.effective()) {
                report.warning(Report.path(path, key.name()), entry.line(), "has no effect: " + key.doc());
            }
            if (key.secret()) {
                secrets.add(key.name());
            }
        }
        return new Settings(values, secrets);
    }

    private void reportUnknownKeys(ObjectSchema schema, YamlNode.Mapping mapping, String path) {
        List<String> known = schema.keys().stream().map(KeySchema::name).toList();
        List<String> usable = schema.keys().stream()
                .filter(key -> !(key.type() instanceof ValueType.Refused))
                .map(KeySchema::name)
                .toList();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                report.error(
                        Report.path(path, entry.key()),
                        entry.line(),
                        "unknown key " + NearestName.hint(entry.key(), usable));
            }
        }
    }

    private @Nullable Object present(KeySchema key, YamlNode node, String path, int line) {
        boolean isSection = key.type() instanceof ValueType.Section;
        if (node instanceof YamlNode.Scalar scalar && scalar.isNull() && !isSection) {
            return absent(
                    key,
                    line,
                    path.substring(0, Math.max(0, path.length() - key.name().length() - 2)));
        }
        return value(key, node, path);
    }

    private @Nullable Object absent(KeySchema key, int line, String parent) {
        String path = Report.path(parent, key.name());
        if (key.required()) {
            report.error(path, line, "missing (expected: " + key.type().expectation() + ")");
            return null;
        }
        return switch (key.type()) {
            case ValueType.Section section ->
                section.optional() ? null : read(section.keys(), new YamlNode.Mapping(List.of(), line), path);
            case ValueType.TextList _ when key.defaultValue() == null -> List.of();
            case ValueType.TextMap _, ValueType.TextListMap _, ValueType.SectionMap _ -> Map.of();
            case ValueType.Refused _ -> null;
            case ValueType.SectionList _, ValueType.Conditions _, ValueType.Ottl _ -> List.of();
            default ->
                key.defaultValue() == null
                        ? null
                        : value(key, new YamlNode.Scalar(key.defaultValue(), true, line, 0, 0), path);
        };
    }

    private @Nullable Object value(KeySchema key, YamlNode node, String path) {
        return switch (key.type()) {
            case ValueType.Section section -> read(section.keys(), node, path);
            case ValueType.SectionList list -> sections(list, node, path);
            case ValueType.Conditions conditions -> new OttlGroups(report, this).conditions(conditions, node, path);
            case ValueType.Ottl ottl -> new OttlGroups(report, this).groups(ottl, node, path);
            case ValueType.TextList list -> texts(key, list, node, path);
            case ValueType.TextMap map ->
                map(map, node, path, key.secret(), (inner, at) -> scalar(textKey(key), inner, at));
            case ValueType.TextListMap map ->
                map(map, node, path, key.secret(), (inner, at) -> texts(key, new ValueType.TextList(), inner, at));
            case ValueType.SectionMap map ->
                map(map, node, path, key.secret(), (inner, at) -> read(map.keys(), inner, at));
            case ValueType.Refused _ -> {
                report.error(path, node.line(), "not supported: " + key.doc());
                yield null;
            }
            default -> scalar(key, node, path);
        };
    }

    private @Nullable Object scalar(KeySchema key, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            report.error(
                    path, node.line(), node.what() + " (expected: " + key.type().expectation() + ")");
            return null;
        }
        Placeholders.Expansion expansion = placeholders.expand(scalar.text());
        if (expansion.problem() != null) {
            report.error(
                    path,
                    scalar.line(),
                    key.secret() ? "a broken placeholder (expected: ${env:NAME})" : expansion.problem());
            return null;
        }
        if (expansion.open() && !expansion.complete()) {
            return new Placeholder(scalar.text());
        }
        Object value = ScalarValue.read(key.type(), expansion.text(), scalar.plain());
        if (value == null) {
            String found = mayShow(key, expansion.text()) ? "'" + expansion.text() + "'" : "the value does not fit";
            report.error(
                    path, scalar.line(), found + " (expected: " + key.type().expectation() + ")");
            return null;
        }
        return expansion.open() ? new Placeholder(scalar.text()) : value;
    }

    @Nullable
    List<Object> texts(KeySchema key, ValueType type, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            report.error(path, node.line(), node.what() + " (expected: " + type.expectation() + ")");
            return null;
        }
        List<Object> texts = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            Object text = scalar(textKey(key), sequence.elements().get(i), Report.path(path, String.valueOf(i)));
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private @Nullable Map<String, Object> map(
            ValueType type,
            YamlNode node,
            String path,
            boolean secret,
            BiFunction<YamlNode, String, @Nullable Object> value) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            String found = secret && node instanceof YamlNode.Scalar ? "a text" : node.what();
            report.error(path, node.line(), found + " (expected: " + type.expectation() + ")");
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            Object one = value.apply(entry.value(), Report.path(path, entry.key()));
            if (one != null) {
                map.put(entry.key(), one);
            }
        }
        return map;
    }

    private @Nullable List<Object> sections(ValueType.SectionList type, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            report.error(path, node.line(), node.what() + " (expected: " + type.expectation() + ")");
            return null;
        }
        List<Object> sections = new ArrayList<>();
        for (int i = 0; i < sequence.elements().size(); i++) {
            String at = Report.path(path, String.valueOf(i));
            report.locate(at, sequence.elements().get(i).line());
            sections.add(read(type.keys(), sequence.elements().get(i), at));
        }
        return sections;
    }

    private YamlNode.Mapping misfit(YamlNode node, String path, String expected) {
        report.error(path, node.line(), node.what() + " (expected: " + expected + ")");
        return new YamlNode.Mapping(List.of(), node.line());
    }

    /** Someone may have put a password into a URL, so what looks like one is not shown. */
    private static boolean mayShow(KeySchema key, String value) {
        boolean isAddress = key.type() instanceof ValueType.Url || key.type() instanceof ValueType.GrpcTarget;
        return !key.secret() && !(isAddress && value.indexOf('@') >= 0);
    }

    private static KeySchema textKey(KeySchema key) {
        return new KeySchema(key.name(), new ValueType.Text(), null, false, key.secret(), true, key.doc());
    }
}
