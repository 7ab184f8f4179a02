package io.lightvessel.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML document as far as the dialect cares: mappings, lists and scalars that know where they stand. */
sealed interface YamlNode {

    /** Line in the text, counted from 1. */
    int line();

    /** How findings call it. */
    String what();

    /**
     * A text, number, truth value or nothing.
     *
     * @param from index of its first code point in the text, quotes included
     * @param to index behind its last
     */
    record Scalar(String text, boolean plain, int line, int from, int to) implements YamlNode {

        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }

        @Override
        public String what() {
            return isNull() ? "nothing" : "'" + text + "'";
        }
    }

    /** Keys with values, in the order of the text, each key once. */
    record Mapping(List<Entry> entries, int line) implements YamlNode {

        @Nullable
        Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }

        @Override
        public String what() {
            return "a mapping";
        }
    }

    /** Values in order. */
    record Sequence(List<YamlNode> elements, int line) implements YamlNode {

        @Override
        public String what() {
            return "a list";
        }
    }

    /** One key and its value. */
    record Entry(String key, int line, YamlNode value) {}
}
