package io.lightvessel.stack;

import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Places in a stack's document (RFC 6901). */
final class JsonPointers {
    private JsonPointers() {}

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** Every value with its place; lists and empty objects are values, since a stack replaces them as a whole. */
    static void leaves(JsonNode node, BiConsumer<String, JsonNode> leaf) {
        leaves("", node, leaf);
    }

    private static void leaves(String at, JsonNode node, BiConsumer<String, JsonNode> leaf) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            object.properties()
                    .forEach(property -> leaves(at + "/" + escape(property.getKey()), property.getValue(), leaf));
        } else {
            leaf.accept(at, node);
        }
    }
}
