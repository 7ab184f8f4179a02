package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes labels of objects' metadata, and one text of equal ones: thousands of pods have the same label names and few
 * different values.
 */
final class MetaNames {

    static final String PREFIX = "__meta_kubernetes_";
    static final String NAMESPACE = PREFIX + "namespace";
    static final String ADDRESS = "__address__";

    private static final int MOST_TEXTS = 50_000;
    private static final int LONGEST_TEXT = 128;

    private final Map<String, Named> named = new ConcurrentHashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    private record Named(String value, String present) {}

    /** The one copy of a text that is likely to come again. */
    String shared(String text) {
        if (text.length() > LONGEST_TEXT) {
            return text;
        }
        String known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() >= MOST_TEXTS) {
            return text;
        }
        String before = texts.putIfAbsent(text, text);
        return before == null ? text : before;
    }

    /** Puts name, labels and annotations of an object of that kind, such as {@code pod}. */
    void putMeta(Map<String, String> labels, String kind, ObjectMeta meta) {
        put(labels, shared(PREFIX + kind + "_name"), meta.getName());
        putLabels(labels, kind, meta);
        if (meta.getAnnotations() != null) {
            meta.getAnnotations().forEach((key, value) -> {
                Named names = named(kind, "annotation", key);
                put(labels, names.value(), value);
                labels.put(names.present(), "true");
            });
        }
    }

    void putLabels(Map<String, String> labels, String kind, ObjectMeta meta) {
        if (meta.getLabels() != null) {
            putAll(labels, kind, "label", meta.getLabels());
        }
    }

    /** Puts each entry of a map under its own name, and that it is there. */
    void putAll(Map<String, String> labels, String kind, String what, Map<String, String> entries) {
        entries.forEach((key, value) -> {
            Named names = named(kind, what, key);
            put(labels, names.value(), shared(value == null ? "" : value));
            labels.put(names.present(), "true");
        });
    }

    /** As in Prometheus a label without a value is one with an empty value, which relabelling treats alike. */
    static void put(Map<String, String> labels, String name, @Nullable String value) {
        labels.put(name, value == null ? "" : value);
    }

    private Named named(String kind, String what, String key) {
        String id = kind + ' ' + what + ' ' + key;
        Named known = named.get(id);
        if (known != null) {
            return known;
        }
        String name = sanitized(key);
        Named made = new Named(PREFIX + kind + "_" + what + "_" + name, PREFIX + kind + "_" + what + "present_" + name);
        if (named.size() < MOST_TEXTS) {
            named.put(id, made);
        }
        return made;
    }

    /** A key as part of a label's name: what may not be in one becomes an underscore. */
    static String sanitized(String key) {
        StringBuilder name = new StringBuilder(key.length());
        key.codePoints()
                .forEach(c -> name.append(
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ? (char) c : '_'));
        return name.toString();
    }

    /** Address and port, with brackets around an address of IPv6. */
    static String joined(String host, int port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
