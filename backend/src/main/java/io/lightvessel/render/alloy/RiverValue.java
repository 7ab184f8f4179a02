package io.lightvessel.render.alloy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value in Alloy's configuration language. */
sealed interface RiverValue {

    /** Text in which placeholders of the stack become the environment's values. */
    record Text(String text) implements RiverValue {}

    /** Text that stands for itself, dollar signs included. */
    record Verbatim(String text) implements RiverValue {}

    /** A whole number. */
    record Number(long value) implements RiverValue {}

    /** True or false. */
    record Flag(boolean value) implements RiverValue {}

    /** An expression as it is written, such as the export of another component. */
    record Expression(String text) implements RiverValue {}

    /** A list. */
    record Items(List<RiverValue> values) implements RiverValue {
        public Items {
            values = List.copyOf(values);
        }

        static Items references(List<String> expressions) {
            return new Items(
                    expressions.stream().<RiverValue>map(Expression::new).toList());
        }

        static Items verbatim(List<String> texts) {
            return new Items(texts.stream().<RiverValue>map(Verbatim::new).toList());
        }
    }

    /** An object, in the order in which it was written. */
    record Entries(Map<String, RiverValue> values) implements RiverValue {
        public Entries {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** Texts with placeholders. */
        static Entries texts(Map<String, String> texts) {
            Map<String, RiverValue> values = new LinkedHashMap<>();
            texts.forEach((key, value) -> values.put(key, new Text(value)));
            return new Entries(values);
        }
    }
}
