package io.lightvessel.collector.filelog.operator;

import io.lightvessel.config.expression.EvaluationFailure;
import io.lightvessel.config.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operator of the config: the condition it is used on, what it does, one part after the other, and what becomes of what it
 * cannot read.
 *
 * @param name how messages call it
 */
record Step(String name, @Nullable Expression condition, List<Operator> parts, OnError onError) {

    Step {
        parts = List.copyOf(parts);
    }

    /** One that is always used, and says nothing of what it cannot read. */
    static Step quiet(String name, Operator... parts) {
        return new Step(name, null, List.of(parts), OnError.SEND_QUIET);
    }

    /** False when the entry, or what the condition asks of it, is not what the operator expects. */
    boolean apply(Entry entry, EntryScope scope) {
        try {
            if (condition != null && !condition.holds(scope)) {
                return true;
            }
        } catch (EvaluationFailure e) {
            return false;
        }
        for (Operator part : parts) {
            if (!part.apply(entry)) {
                return false;
            }
        }
        return true;
    }
}
