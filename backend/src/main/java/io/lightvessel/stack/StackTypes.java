package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The alternatives of a sealed part of the stack, by the name that the key {@code type} has. */
final class StackTypes {
    private StackTypes() {}

    static Map<String, Class<?>> byName(Class<?> type) {
        JsonSubTypes alternatives = type.getAnnotation(JsonSubTypes.class);
        if (alternatives == null) {
            throw new IllegalStateException(type + " (expected: names of its alternatives in JsonSubTypes)");
        }
        Map<String, Class<?>> named = new LinkedHashMap<>();
        for (JsonSubTypes.Type alternative : alternatives.value()) {
            named.put(alternative.name(), alternative.value());
        }
        return named;
    }

    static Set<String> names(Class<?> type) {
        return byName(type).keySet();
    }
}
