package io.lightvessel.config.ottl;

import java.util.List;

/** A checked condition. */
public sealed interface Condition {

    record And(List<Condition> terms) implements Condition {}

    record Or(List<Condition> terms) implements Condition {}

    record Not(Condition negated) implements Condition {}

    record Always(boolean holds) implements Condition {}

    /** A converter whose value is true or false. */
    record Holds(Expr.Convert call) implements Condition {}

    record Compare(Operator operator, Expr left, Expr right) implements Condition {}

    /** How two values are compared. */
    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        /** Whether it asks which value is the larger one. */
        public boolean isOrder() {
            return this != EQUAL && this != NOT_EQUAL;
        }
    }
}
