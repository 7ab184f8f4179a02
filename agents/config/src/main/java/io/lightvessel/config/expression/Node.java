package io.lightvessel.config.expression;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed expression. */
sealed interface Node {

    /** Index in the text, for messages. */
    int at();

    /** What records have. */
    enum Root {
        BODY("body"),
        ATTRIBUTES("attributes"),
        RESOURCE("resource"),
        SEVERITY_TEXT("severity_text"),
        SEVERITY_NUMBER("severity_number");

        private final String word;

        Root(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** How two values are compared. */
    enum Sign {
        EQUAL("=="),
        UNEQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String symbol;

        Sign(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        boolean isEquality() {
            return this == EQUAL || this == UNEQUAL;
        }

        /** @param order as comparators tell it */
        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case UNEQUAL -> order != 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case MORE -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }

    /** What one text is to another. */
    enum Part {
        CONTAINS("contains"),
        STARTS_WITH("startsWith"),
        ENDS_WITH("endsWith");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Functions of one value. */
    enum Function {
        LEN,
        LOWER,
        UPPER,
        TRIM,
        TYPE
    }

    record Literal(@Nullable Object value, int at) implements Node {}

    record Elements(List<Literal> values, int at) implements Node {}

    record Name(Root root, int at) implements Node {}

    /** @param lenient whether a missing value has missing members */
    record Member(Node of, String key, boolean lenient, int at) implements Node {}

    record Not(Node operand, int at) implements Node {}

    record All(List<Node> terms, int at) implements Node {}

    record Any(List<Node> terms, int at) implements Node {}

    record Compare(Sign sign, Node left, Node right, int at) implements Node {}

    record Matches(Node left, Pattern pattern, int at) implements Node {}

    record TextPart(Part part, Node left, Node right, int at) implements Node {}

    record In(Node left, Node right, int at) implements Node {}

    record Call(Function function, Node argument, int at) implements Node {}
}
