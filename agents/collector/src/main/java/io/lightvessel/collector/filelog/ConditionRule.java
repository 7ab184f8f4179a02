package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import io.lightvessel.config.operators.LineCondition;
import org.jspecify.annotations.Nullable;

/** Begins or ends a text at each line for which a condition of the config holds. */
final class ConditionRule implements EntryRule {
    private static final int HOLDS = 1;
    private static final int HOLDS_NOT = 2;

    private final LineCondition condition;
    private final @Nullable Pattern pattern;
    private final boolean first;

    /** @param first whether it tells first lines, otherwise last ones */
    ConditionRule(LineCondition condition, boolean first) {
        this.condition = condition;
        this.pattern = condition.kind() == LineCondition.Kind.MATCHES ? Pattern.compile(condition.operand()) : null;
        this.first = first;
    }

    @Override
    public int state(int before, byte[] bytes, int from, int length) {
        return holds(new String(bytes, from, length, UTF_8)) == condition.negated() ? HOLDS_NOT : HOLDS;
    }

    private boolean holds(String text) {
        return switch (condition.kind()) {
            case MATCHES -> pattern != null && pattern.matcher(text).find();
            case STARTS_WITH -> text.startsWith(condition.operand());
            case CONTAINS -> text.contains(condition.operand());
        };
    }

    @Override
    public boolean begins(int state) {
        return first && state == HOLDS;
    }

    @Override
    public boolean ends(int state) {
        return !first && state == HOLDS;
    }
}
