package io.lightvessel.gateway.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads a list of target groups in YAML; a plain number or truth value is the text it was written as. */
final class YamlTargets {

    /** The list, a group, its targets or labels. */
    private static final int DEEPEST = 8;

    private static final int MAX_ALIASES = 200;

    private YamlTargets() {}

    static List<TargetGroup> read(String text, GroupNames names) throws MalformedTargets {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new FailsafeSchema())
                .setTagConstructors(Map.of(Tag.NULL, _ -> ""))
                .setCodePointLimit(Integer.MAX_VALUE)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        try {
            checkDepth(settings, text);
            return groups(only(new Load(settings).loadAllFromString(text).iterator()), names);
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ": ")
                    .orElse("");
            throw new MalformedTargets(line + "no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new MalformedTargets("no YAML: " + e.getMessage());
        }
    }

    private static @Nullable Object only(Iterator<Object> documents) throws MalformedTargets {
        Object first = documents.hasNext() ? documents.next() : null;
        if (documents.hasNext()) {
            throw new MalformedTargets("a second document (expected: one)");
        }
        return first;
    }

    /** The loader recurses, so depth is checked on the flat stream of events before it runs. */
    private static void checkDepth(LoadSettings settings, String text) throws MalformedTargets {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > DEEPEST) {
                throw new MalformedTargets("nested more than " + DEEPEST + " deep (expected: a list of target groups)");
            }
        }
    }

    private static List<TargetGroup> groups(@Nullable Object root, GroupNames names) throws MalformedTargets {
        List<TargetGroup> groups = new ArrayList<>();
        if (isNothing(root)) {
            return groups;
        }
        if (!(root instanceof List<?> list)) {
            throw new MalformedTargets(describe(root) + " (expected: a list of target groups)");
        }
        for (Object element : list) {
            String path = "group " + groups.size() + ": ";
            if (!(element instanceof Map<?, ?> map)) {
                throw new MalformedTargets(path + describe(element) + " (expected: targets and labels)");
            }
            groups.add(group(groups.size(), map, path, names));
        }
        return groups;
    }

    private static TargetGroup group(int index, Map<?, ?> map, String path, GroupNames names) throws MalformedTargets {
        List<String> targets = List.of();
        Map<String, String> labels = Map.of();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if ("targets".equals(entry.getKey())) {
                targets = targets(entry.getValue(), path);
            } else if ("labels".equals(entry.getKey())) {
                labels = labels(entry.getValue(), path);
            } else {
                throw new MalformedTargets(path + describe(entry.getKey()) + " (expected: targets and labels)");
            }
        }
        return names.group(index, targets, labels);
    }

    private static List<String> targets(@Nullable Object value, String path) throws MalformedTargets {
        List<String> targets = new ArrayList<>();
        if (isNothing(value)) {
            return targets;
        }
        if (!(value instanceof List<?> list)) {
            throw new MalformedTargets(path + describe(value) + " (expected: a list of targets)");
        }
        for (Object target : list) {
            if (!(target instanceof String address)) {
                throw new MalformedTargets(path + describe(target) + " (expected: host:port)");
            }
            targets.add(address);
        }
        return targets;
    }

    private static Map<String, String> labels(@Nullable Object value, String path) throws MalformedTargets {
        Map<String, String> labels = new HashMap<>();
        if (isNothing(value)) {
            return labels;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new MalformedTargets(path + describe(value) + " (expected: labels)");
        }
        for (Map.Entry<?, ?> label : map.entrySet()) {
            if (!(label.getKey() instanceof String name) || !(label.getValue() instanceof String text)) {
                throw new MalformedTargets(path + "label " + describe(label.getKey()) + " with "
                        + describe(label.getValue()) + " (expected: a name and a text)");
            }
            labels.put(name, text);
        }
        return labels;
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || value.equals("") || value.equals("null") || value.equals("~");
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a mapping";
            default -> "'" + value + "'";
        };
    }
}
