package io.lightvessel.gateway.discovery.kubernetes.monitors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Typed reading of what JSON was read into; what has another type than expected makes the monitor invalid. */
final class Fields {

    private static final Fields NONE = new Fields(Map.of(), "");

    private final Map<?, ?> values;
    private final String path;

    Fields(Map<?, ?> values, String path) {
        this.values = values;
        this.path = path;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    /** A text; an empty one counts as none, as it does for the operator. */
    Optional<String> text(String key) throws InvalidMonitorException {
        Object value = values.get(key);
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw misfit(key, value, "a text");
        }
        return Optional.of(text);
    }

    /** A text that may be empty and is then not the same as none. */
    Optional<String> anyText(String key) throws InvalidMonitorException {
        return "".equals(values.get(key)) ? Optional.of("") : text(key);
    }

    Optional<Boolean> flag(String key) throws InvalidMonitorException {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Boolean flag)) {
            throw misfit(key, value, "true or false");
        }
        return Optional.of(flag);
    }

    Optional<Long> whole(String key) throws InvalidMonitorException {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Integer || value instanceof Long)) {
            throw misfit(key, value, "a whole number");
        }
        return Optional.of(((Number) value).longValue());
    }

    /** A number as text: the API writes quantities such as {@code 1.1} either way. */
    Optional<String> quantity(String key) throws InvalidMonitorException {
        Object value = values.get(key);
        if (value instanceof Number number) {
            return Optional.of(number.toString());
        }
        return text(key);
    }

    /** A port: a name, or a number. */
    Optional<Object> port(String key) throws InvalidMonitorException {
        Object value = values.get(key);
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        if (value instanceof String || value instanceof Integer || value instanceof Long) {
            return Optional.of(value);
        }
        throw misfit(key, value, "a port's name or number");
    }

    List<String> texts(String key) throws InvalidMonitorException {
        List<String> texts = new ArrayList<>();
        for (Object element : list(key)) {
            if (!(element instanceof String text)) {
                throw misfit(key, element, "texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** Texts by name, in the order of names. */
    Map<String, String> textMap(String key) throws InvalidMonitorException {
        Map<String, String> map = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map(key).entrySet()) {
            if (!(entry.getValue() instanceof String text)) {
                throw misfit(key + "." + entry.getKey(), entry.getValue(), "a text");
            }
            map.put(String.valueOf(entry.getKey()), text);
        }
        return map;
    }

    /** Lists by name, in the order of names. */
    Map<String, List<?>> listMap(String key) throws InvalidMonitorException {
        Map<String, List<?>> map = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map(key).entrySet()) {
            if (!(entry.getValue() instanceof List<?> list)) {
                throw misfit(key + "." + entry.getKey(), entry.getValue(), "a list");
            }
            map.put(String.valueOf(entry.getKey()), list);
        }
        return map;
    }

    /** Nested fields; none when they are not there. */
    Fields fields(String key) throws InvalidMonitorException {
        return has(key) ? new Fields(map(key), path(key)) : NONE;
    }

    List<Fields> each(String key) throws InvalidMonitorException {
        return each(list(key), path(key));
    }

    static List<Fields> each(List<?> list, String path) throws InvalidMonitorException {
        List<Fields> each = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> map)) {
                throw new InvalidMonitorException(path + "[" + i + "]: " + shown(list.get(i)) + " (expected: fields)");
            }
            each.add(new Fields(map, path + "[" + i + "]"));
        }
        return each;
    }

    private List<?> list(String key) throws InvalidMonitorException {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw misfit(key, value, "a list");
        }
        return list;
    }

    private Map<?, ?> map(String key) throws InvalidMonitorException {
        Object value = values.get(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw misfit(key, value, "fields");
        }
        return map;
    }

    InvalidMonitorException misfit(String key, Object found, String expected) {
        return new InvalidMonitorException(path(key) + ": " + shown(found) + " (expected: " + expected + ")");
    }

    private static String shown(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "fields";
            case List<?> _ -> "a list";
            case String text -> "'" + (text.length() > 100 ? text.substring(0, 100) + "..." : text) + "'";
            default -> String.valueOf(value);
        };
    }
}
