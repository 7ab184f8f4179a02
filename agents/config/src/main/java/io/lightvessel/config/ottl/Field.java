package io.lightvessel.config.ottl;

import java.util.List;

/**
 * A field that paths can name.
 *
 * @param name its path below the context, for example {@code status.code}
 * @param numbers its field number (opentelemetry/proto); of data points the numbers in number, histogram, exponential
 *     histogram and summary points if they differ, 0 where there is no such field
 */
public record Field(OttlContext owner, String name, Type type, Shape shape, List<Integer> numbers, boolean writable) {

    public Field {
        numbers = List.copyOf(numbers);
    }

    /** Its number in all messages that have it. */
    public int number() {
        return numbers.getFirst();
    }

    /** Whether keys in brackets may follow. */
    boolean isIndexable() {
        return type == Type.MAP || type == Type.ANY;
    }
}
