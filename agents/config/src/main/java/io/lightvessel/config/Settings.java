package io.lightvessel.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of a component or of one of its sections: checked, typed, defaults filled in. Keys the schema does not
 * know, and reading a key as another type than the schema's, are programming errors. Equal settings mean equal
 * behaviour, and {@link #toString} masks secrets.
 */
public final class Settings {

    /** What stands where a secret would. */
    public static final String REDACTED = "[REDACTED]";

    private static final Settings EMPTY = new Settings(Map.of(), Set.of());

    private final Map<String, Object> values;
    private final Set<String> secrets;

    Settings(Map<String, Object> values, Set<String> secrets) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.secrets = Set.copyOf(secrets);
    }

    public static Settings empty() {
        return EMPTY;
    }

    /** Whether the key has a value, be it written or a default. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    public String string(String key) {
        return value(key, String.class);
    }

    public Optional<String> optionalString(String key) {
        return has(key) ? Optional.of(string(key)) : Optional.empty();
    }

    public long integer(String key) {
        return value(key, Long.class);
    }

    public double decimal(String key) {
        return value(key, Double.class);
    }

    public boolean flag(String key) {
        return value(key, Boolean.class);
    }

    public Duration duration(String key) {
        return value(key, Duration.class);
    }

    /** A text, number (long or double) or truth value, as it was written. */
    public Object scalar(String key) {
        return value(key, Object.class);
    }

    public List<String> strings(String key) {
        List<String> strings = new ArrayList<>();
        for (Object element : value(key, List.class)) {
            strings.add((String) resolved(key, element));
        }
        return Collections.unmodifiableList(strings);
    }

    public Map<String, String> stringMap(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value(key, Map.class)).entrySet()) {
            map.put((String) entry.getKey(), (String) resolved(key, entry.getValue()));
        }
        return Collections.unmodifiableMap(map);
    }

    public Settings section(String key) {
        return value(key, Settings.class);
    }

    /** A section that is absent unless the config mentions it, such as {@code protocols::grpc}. */
    public Optional<Settings> optionalSection(String key) {
        return has(key) ? Optional.of(section(key)) : Optional.empty();
    }

    public List<Settings> sections(String key) {
        List<Settings> sections = new ArrayList<>();
        for (Object element : value(key, List.class)) {
            sections.add((Settings) element);
        }
        return Collections.unmodifiableList(sections);
    }

    public Map<String, List<String>> stringListMap(String key) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value(key, Map.class)).entrySet()) {
            List<String> texts = new ArrayList<>();
            for (Object text : (List<?>) entry.getValue()) {
                texts.add((String) resolved(key, text));
            }
            map.put((String) entry.getKey(), Collections.unmodifiableList(texts));
        }
        return Collections.unmodifiableMap(map);
    }

    /** Sections by name, such as {@code http_headers}. */
    public Map<String, Settings> sectionMap(String key) {
        Map<String, Settings> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value(key, Map.class)).entrySet()) {
            map.put((String) entry.getKey(), (Settings) entry.getValue());
        }
        return Collections.unmodifiableMap(map);
    }

    /** The value whatever its type, a placeholder too; null when there is none. */
    @Nullable
    Object raw(String key) {
        return values.get(key);
    }

    private <T> T value(String key, Class<T> type) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "settings key: '" + key + "' (expected: one of " + new TreeSet<>(values.keySet()) + ")");
        }
        if (value instanceof Placeholder placeholder) {
            throw new IllegalStateException(key + ": " + placeholder
                    + " is not resolved (expected: settings parsed with the agent's environment)");
        }
        resolved(key, value);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("settings key: '" + key + "' holds "
                    + value.getClass().getSimpleName() + " (expected: " + type.getSimpleName() + ")");
        }
        return type.cast(value);
    }

    /** Whether the key holds a list without elements, which can be asked before the environment is known. */
    public boolean isEmptyList(String key) {
        return values.get(key) instanceof List<?> list && list.isEmpty();
    }

    /** Whether the key holds a mapping without entries, which can be asked before the environment is known. */
    public boolean isEmptyMap(String key) {
        return values.get(key) instanceof Map<?, ?> map && map.isEmpty();
    }

    /** The names in a mapping, which can be asked before the environment is known. */
    public Set<String> mapKeys(String key) {
        Set<String> names = new TreeSet<>();
        if (values.get(key) instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> names.add((String) name));
        }
        return names;
    }

    private static Object resolved(String key, Object value) {
        if (value instanceof Placeholder placeholder) {
            throw new IllegalStateException(key + ": " + placeholder
                    + " is not resolved (expected: settings parsed with the agent's environment)");
        }
        return value;
    }

    /** Whether all texts of a list can be read now, none of them being a placeholder. */
    public boolean areKnown(String key) {
        return values.get(key) instanceof List<?> list && list.stream().noneMatch(Placeholder.class::isInstance);
    }

    /** Whether the key has a value that can be read now, and not a placeholder for one. */
    public boolean isKnown(String key) {
        return values.containsKey(key) && !(values.get(key) instanceof Placeholder);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && settings.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>(values);
        shown.replaceAll((key, value) -> secrets.contains(key) ? REDACTED : value);
        return shown.toString();
    }
}
