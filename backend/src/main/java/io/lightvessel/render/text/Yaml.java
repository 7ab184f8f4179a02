package io.lightvessel.render.text;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes maps, lists and scalars as YAML, in their own order and always the same way. */
public final class Yaml {
    // What YAML 1.1 and 1.2 readers alike take for plain text; everything else is quoted.
    private static final Pattern PLAIN =
            Pattern.compile("(\\$\\{env:|[A-Za-z_/.])[A-Za-z0-9_./*@+${}-]*(:[A-Za-z0-9_./*@+${}-]+)*");
    private static final Pattern SPECIAL =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|[.+-]?(inf|nan)|[.]?[0-9].*|[.]+");

    private final StringBuilder out = new StringBuilder();

    private Yaml() {}

    public static String write(List<String> comment, Map<String, ?> document) {
        Yaml yaml = new Yaml();
        comment.forEach(line -> yaml.out.append("# ").append(line).append('\n'));
        yaml.map(document, "", "");
        return yaml.out.toString();
    }

    private void map(Map<?, ?> map, String indent, String firstIndent) {
        String before = firstIndent;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(before).append(scalar(entry.getKey())).append(':');
            value(entry.getValue(), indent);
            before = indent;
        }
    }

    private void list(List<?> list, String indent) {
        for (Object item : list) {
            out.append(indent).append('-');
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                map(map, indent + "  ", " ");
            } else {
                value(item, indent);
            }
        }
    }

    private void value(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                out.append('\n');
                map(map, indent + "  ", indent + "  ");
            }
            case List<?> list
            when !list.isEmpty() -> {
                out.append('\n');
                list(list, indent + "  ");
            }
            case Map<?, ?> _ -> out.append(" {}\n");
            case List<?> _ -> out.append(" []\n");
            default -> out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(Object value) {
        if (!(value instanceof String text)) {
            return value.toString();
        }
        if (PLAIN.matcher(text).matches() && !SPECIAL.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
