package io.lightvessel.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value of a stack and where it comes from; a list is one value.
 *
 * @param words the same, as people read it
 */
public record Explained(String pointer, JsonNode value, Origin origin, String words) {

    /** By pointer. */
    static List<Explained> of(ObjectNode stack, Map<String, Origin> origins) {
        Map<String, JsonNode> values = new TreeMap<>();
        JsonPointers.leaves(stack, values::put);
        List<Explained> explained = new ArrayList<>();
        values.forEach((pointer, value) -> {
            Origin origin = origins.getOrDefault(pointer, Origin.DEFAULT);
            explained.add(new Explained(pointer, value, origin, origin.words()));
        });
        return explained;
    }
}
