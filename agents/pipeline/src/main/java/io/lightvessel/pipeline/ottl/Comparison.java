package io.lightvessel.pipeline.ottl;

import io.lightvessel.config.ottl.Condition;
import io.lightvessel.pipeline.MalformedPayload;
import java.util.Arrays;

/**
 * Compares two values by the rules of OTTL: numbers as numbers, texts and bytes by their bytes, false before true; nil
 * equals nil only, and values of different types are different and neither is the larger one.
 */
final class Comparison implements Check {

    private final Condition.Operator operator;
    private final Getter left;
    private final Getter right;
    private final Value a = new Value();
    private final Value b = new Value();

    Comparison(Condition.Operator operator, Getter left, Getter right) {
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    @Override
    public boolean holds(Telemetry telemetry) throws StatementFailure, MalformedPayload {
        left.get(telemetry, a);
        right.get(telemetry, b);
        return compare();
    }

    private boolean compare() throws StatementFailure, MalformedPayload {
        boolean numbers = isNumber(a) && isNumber(b);
        if (a.kind() != b.kind() && !numbers) {
            return operator == Condition.Operator.NOT_EQUAL;
        }
        return switch (a.kind()) {
            case NIL -> holdsForOrder(0);
            case BOOL -> holdsForOrder(Boolean.compare(a.flag(), b.flag()));
            case INT, DOUBLE ->
                a.kind() == Value.Kind.INT && b.kind() == Value.Kind.INT
                        ? holdsForOrder(Long.compare(a.whole(), b.whole()))
                        : holdsForDecimals(a.decimal(), b.decimal());
            case STRING, BYTES -> holdsForBytes();
            case TRACE_ID, SPAN_ID -> holdsForEquality(sameBytes());
            case MAP, LIST -> holdsForEquality(new DeepEquality().equal(a, b));
        };
    }

    private static boolean isNumber(Value value) {
        return value.kind() == Value.Kind.INT || value.kind() == Value.Kind.DOUBLE;
    }

    private boolean sameBytes() {
        return Arrays.equals(a.bytes(), a.from(), a.to(), b.bytes(), b.from(), b.to());
    }

    private boolean holdsForBytes() {
        if (operator.isOrder()) {
            return holdsForOrder(Arrays.compareUnsigned(a.bytes(), a.from(), a.to(), b.bytes(), b.from(), b.to()));
        }
        return holdsForEquality(sameBytes());
    }

    private boolean holdsForEquality(boolean equal) {
        return switch (operator) {
            case EQUAL -> equal;
            case NOT_EQUAL -> !equal;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> false;
        };
    }

    private boolean holdsForOrder(int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** Not by {@link Double#compare}, for which NaN equals itself. */
    private boolean holdsForDecimals(double x, double y) {
        return switch (operator) {
            case EQUAL -> x == y;
            case NOT_EQUAL -> x != y;
            case LESS -> x < y;
            case LESS_OR_EQUAL -> x <= y;
            case GREATER -> x > y;
            case GREATER_OR_EQUAL -> x >= y;
        };
    }
}
