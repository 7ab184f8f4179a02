package io.lightvessel.config.expression;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How values of records are told apart and compared. */
final class Values {
    private Values() {}

    static boolean equal(@Nullable Object left, @Nullable Object right) {
        return left instanceof Number a && right instanceof Number b ? order(a, b) == 0 : Objects.equals(left, right);
    }

    static int order(Number left, Number right) {
        return left instanceof Long a && right instanceof Long b
                ? Long.compare(a, b)
                : Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0);
    }

    /** As the expression language calls it. */
    static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "nil";
            case String _ -> "string";
            case Long _ -> "int";
            case Double _ -> "float";
            case Boolean _ -> "bool";
            case List<?> _ -> "array";
            case Map<?, ?> _ -> "map";
            default ->
                throw new IllegalArgumentException("value: " + value.getClass() + " (expected: one of a record)");
        };
    }

    /** How messages call it; never the value itself, which may be anybody's secret. */
    static String what(@Nullable Object value) {
        return switch (type(value)) {
            case "nil" -> "nil";
            case "string" -> "text";
            case "int", "float" -> "a number";
            case "bool" -> "true or false";
            case "array" -> "a list";
            default -> "a map";
        };
    }
}
