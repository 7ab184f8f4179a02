package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightvessel.config.expression.EvaluationFailure;
import io.lightvessel.config.expression.Expression;
import io.lightvessel.config.expression.ExpressionError;
import io.lightvessel.config.expression.Scope;
import org.jspecify.annotations.Nullable;

/** Begins or ends a text at each line for which a condition of the config holds. */
final class ConditionRule implements EntryRule {
    private static final int HOLDS = 1;
    private static final int HOLDS_NOT = 2;

    private final Expression condition;
    private final boolean first;

    private ConditionRule(Expression condition, boolean first) {
        this.condition = condition;
        this.first = first;
    }

    /** @param first whether it tells first lines, otherwise last ones */
    static ConditionRule of(String condition, boolean first) {
        try {
            return new ConditionRule(Expression.parseOfBody(condition), first);
        } catch (ExpressionError e) {
            throw new IllegalArgumentException("condition: '" + condition + "': " + e.getMessage(), e);
        }
    }

    @Override
    public int state(int before, byte[] bytes, int from, int length) {
        try {
            return condition.holds(new Line(new String(bytes, from, length, UTF_8))) ? HOLDS : HOLDS_NOT;
        } catch (EvaluationFailure e) {
            // Such as a text compared with what is none: it is no beginning and no end.
            return HOLDS_NOT;
        }
    }

    @Override
    public boolean begins(int state) {
        return first && state == HOLDS;
    }

    @Override
    public boolean ends(int state) {
        return !first && state == HOLDS;
    }

    /** A line of which nothing but its text is known. */
    private record Line(String body) implements Scope {
        @Override
        public String severityText() {
            return "";
        }

        @Override
        public long severityNumber() {
            return 0;
        }

        @Override
        public @Nullable Object attribute(String name) {
            return null;
        }

        @Override
        public boolean hasAttribute(String name) {
            return false;
        }

        @Override
        public @Nullable String resource(String name) {
            return null;
        }
    }
}
