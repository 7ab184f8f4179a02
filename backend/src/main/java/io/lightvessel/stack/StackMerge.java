package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A draft brought up to date with what was saved since it was begun.
 *
 * @param base the revision the draft began with
 * @param current the latest revision
 * @param merged the latest stack with the draft's changes made to it; where both changed a value, the draft's
 */
public record StackMerge(int base, int current, List<Value> values, StackSpec merged) {
    public StackMerge {
        values = List.copyOf(values);
    }

    public boolean hasConflicts() {
        return values.stream().anyMatch(Value::conflict);
    }

    /** A value that one side changed, or both; they conflict when both did and not to the same. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Value(
            String pointer,
            @Nullable JsonNode base,
            @Nullable JsonNode theirs,
            @Nullable JsonNode mine,
            boolean conflict) {}

    static StackMerge of(
            int base, StackSpec baseSpec, int current, StackSpec theirs, StackSpec mine, StackDocument documents) {
        Map<String, StackChange> byThem = byPointer(baseSpec, theirs, documents);
        Map<String, StackChange> byMe = byPointer(baseSpec, mine, documents);
        Map<String, Value> values = new TreeMap<>();
        byThem.forEach((pointer, change) ->
                values.put(pointer, new Value(pointer, change.before(), change.after(), change.before(), false)));
        byMe.forEach((pointer, change) -> {
            StackChange other = byThem.get(pointer);
            boolean same = other != null && Objects.equals(other.after(), change.after());
            boolean conflict = !same && overlaps(pointer, byThem);
            values.put(
                    pointer,
                    new Value(
                            pointer,
                            change.before(),
                            other == null ? change.before() : other.after(),
                            change.after(),
                            conflict));
        });
        ObjectNode merged = merged(documents.tree(baseSpec), documents.tree(theirs), documents.tree(mine));
        return new StackMerge(base, current, new ArrayList<>(values.values()), documents.bind(merged));
    }

    private static ObjectNode merged(ObjectNode base, ObjectNode theirs, ObjectNode mine) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        Set<String> keys = new LinkedHashSet<>(theirs.propertyNames());
        keys.addAll(mine.propertyNames());
        for (String key : keys) {
            JsonNode value = merged(base.get(key), theirs.get(key), mine.get(key));
            if (value != null) {
                merged.set(key, value);
            }
        }
        return merged;
    }

    private static @Nullable JsonNode merged(
            @Nullable JsonNode base, @Nullable JsonNode theirs, @Nullable JsonNode mine) {
        if (Objects.equals(mine, base)) {
            return theirs;
        }
        if (Objects.equals(theirs, base)) {
            return mine;
        }
        if (theirs instanceof ObjectNode one && mine instanceof ObjectNode other && MergePatch.sameType(one, other)) {
            return merged(base instanceof ObjectNode old ? old : JsonNodeFactory.instance.objectNode(), one, other);
        }
        return mine;
    }

    private static Map<String, StackChange> byPointer(StackSpec from, StackSpec to, StackDocument documents) {
        Map<String, StackChange> changes = new TreeMap<>();
        StackChange.between(documents.tree(from), documents.tree(to))
                .forEach(change -> changes.put(change.pointer(), change));
        return changes;
    }

    /** Whether the others changed the same value, one it is part of, or a part of it. */
    private static boolean overlaps(String pointer, Map<String, StackChange> others) {
        return others.keySet().stream()
                .anyMatch(other ->
                        other.equals(pointer) || other.startsWith(pointer + "/") || pointer.startsWith(other + "/"));
    }
}
