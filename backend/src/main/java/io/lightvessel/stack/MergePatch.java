package io.lightvessel.stack;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Merge Patch (RFC 7396): objects and maps merge by key, lists and values replace, null unsets. One rule is added: an
 * object that names another {@code type} replaces, since the keys of one type mean nothing to another.
 */
final class MergePatch {
    private static final String TYPE = "type";

    /** Hears of each value that a patch sets, and of each place whose earlier values it takes away. */
    interface Listener {
        void set(String pointer);

        void unset(String pointer);
    }

    private MergePatch() {}

    static void apply(ObjectNode target, ObjectNode patch, Listener listener) {
        apply(target, patch, "", listener);
    }

    private static void apply(ObjectNode target, ObjectNode patch, String at, Listener listener) {
        for (Map.Entry<String, JsonNode> property : patch.properties()) {
            String key = property.getKey();
            String pointer = at + "/" + JsonPointers.escape(key);
            JsonNode value = property.getValue();
            JsonNode there = target.get(key);
            if (value.isNull()) {
                target.remove(key);
                listener.unset(pointer);
            } else if (value instanceof ObjectNode wanted) {
                if (there instanceof ObjectNode old && sameType(old, wanted)) {
                    apply(old, wanted, pointer, listener);
                } else {
                    listener.unset(pointer);
                    if (wanted.isEmpty()) {
                        listener.set(pointer);
                    }
                    apply(target.putObject(key), wanted, pointer, listener);
                }
            } else {
                target.set(key, value.deepCopy());
                listener.unset(pointer);
                listener.set(pointer);
            }
        }
    }

    /** The smallest patch that makes the wanted document of the base. */
    static ObjectNode diff(ObjectNode base, ObjectNode wanted) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> property : wanted.properties()) {
            JsonNode old = base.get(property.getKey());
            JsonNode value = property.getValue();
            if (value.equals(old)) {
                continue;
            }
            if (old instanceof ObjectNode before && value instanceof ObjectNode after && sameType(before, after)) {
                patch.set(property.getKey(), diff(before, after));
            } else {
                patch.set(property.getKey(), value.deepCopy());
            }
        }
        for (String key : base.propertyNames()) {
            if (!wanted.has(key)) {
                patch.putNull(key);
            }
        }
        return patch;
    }

    /** Whether two objects can be told apart by their {@code type}; one without it is of any. */
    static boolean sameType(ObjectNode old, ObjectNode wanted) {
        String before = type(old);
        String after = type(wanted);
        return before == null || after == null || before.equals(after);
    }

    private static @Nullable String type(ObjectNode object) {
        JsonNode type = object.get(TYPE);
        return type == null || !type.isString() ? null : type.stringValue();
    }
}
