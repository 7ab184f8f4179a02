package io.lightvessel.config;

import java.util.Comparator;

/**
 * Names one configured component: its type and, after a slash, an optional name, as in {@code otlphttp/loki}.
 *
 * @param name empty when the id is just the type
 */
public record ComponentId(String type, String name) implements Comparable<ComponentId> {

    private static final Comparator<ComponentId> ORDER =
            Comparator.comparing(ComponentId::type).thenComparing(ComponentId::name);

    public ComponentId {
        if (type.isBlank() || type.indexOf('/') >= 0) {
            throw new IllegalArgumentException("component type: '" + type + "' (expected: text without a slash)");
        }
    }

    public static ComponentId of(String type) {
        return new ComponentId(type, "");
    }

    /** Reads {@code type} or {@code type/name}; everything after the first slash is the name. */
    public static ComponentId parse(String text) {
        String trimmed = text.trim();
        int slash = trimmed.indexOf('/');
        if (slash < 0) {
            return of(trimmed);
        }
        String name = trimmed.substring(slash + 1).trim();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("component id: '" + text + "' (expected: a name after the slash)");
        }
        return new ComponentId(trimmed.substring(0, slash).trim(), name);
    }

    @Override
    public int compareTo(ComponentId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? type : type + "/" + name;
    }
}
