package io.lightvessel.render.companion;

import java.util.List;
import java.util.Map;

/** Writes maps, lists and scalars as JSON, in their own order and always the same way. */
final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    static String write(Map<String, ?> document) {
        Json json = new Json();
        json.value(document, "");
        return json.out.append('\n').toString();
    }

    private void value(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map -> {
                String separator = "{\n";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator).append(indent).append("  ");
                    text(entry.getKey().toString());
                    out.append(": ");
                    value(entry.getValue(), indent + "  ");
                    separator = ",\n";
                }
                out.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
            }
            case List<?> list -> {
                String separator = "[\n";
                for (Object item : list) {
                    out.append(separator).append(indent).append("  ");
                    value(item, indent + "  ");
                    separator = ",\n";
                }
                out.append(list.isEmpty() ? "[]" : "\n" + indent + "]");
            }
            case String text -> text(text);
            default -> out.append(value);
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
