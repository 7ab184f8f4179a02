package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A value that differs between two stacks; nothing on a side where there is none. Lists are one value. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StackChange(
        String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {

    /** By pointer. */
    static List<StackChange> between(ObjectNode before, ObjectNode after) {
        Map<String, JsonNode> old = new TreeMap<>();
        JsonPointers.leaves(before, old::put);
        Map<String, JsonNode> now = new TreeMap<>();
        JsonPointers.leaves(after, now::put);
        Map<String, StackChange> changes = new TreeMap<>();
        now.forEach((pointer, value) -> {
            JsonNode was = old.remove(pointer);
            if (!value.equals(was)) {
                changes.put(pointer, new StackChange(pointer, was, value));
            }
        });
        old.forEach((pointer, was) -> changes.put(pointer, new StackChange(pointer, was, null)));
        return new ArrayList<>(changes.values());
    }
}
