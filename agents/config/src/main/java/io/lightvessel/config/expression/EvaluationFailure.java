package io.lightvessel.config.expression;

/** Tells that a record's values are not such as an expression asks for. */
public final class EvaluationFailure extends Exception {
    private static final long serialVersionUID = 1L;

    EvaluationFailure(String message) {
        // It may be thrown for every line: a trace would cost more than reading it.
        super(message, null, false, false);
    }
}
