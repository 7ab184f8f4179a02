package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The operators that move, remove and add. */
final class Edits {
    private Edits() {}

    static Operator move(Field from, Field to) {
        return entry -> {
            if (!from.find(entry)) {
                return false;
            }
            byte[] text = from.text().getBytes(UTF_8);
            entry.attributes.remove(from.index(entry));
            to.put(entry, text, 0, text.length);
            return true;
        };
    }

    static Operator remove(Field field) {
        return entry -> {
            int index = field.index(entry);
            if (index >= 0) {
                entry.attributes.remove(index);
            }
            return index >= 0;
        };
    }

    static Operator add(Field field, String value) {
        byte[] text = value.getBytes(UTF_8);
        return entry -> {
            field.put(entry, text, 0, text.length);
            return true;
        };
    }
}
