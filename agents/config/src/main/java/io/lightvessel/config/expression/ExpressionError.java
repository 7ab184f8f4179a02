package io.lightvessel.config.expression;

/** What is wrong with an expression: what was found, where, and what was expected. */
public final class ExpressionError extends Exception {
    private static final long serialVersionUID = 1L;

    private final String message;

    /** @param at index in the expression's text */
    ExpressionError(String found, int at, String expected) {
        this.message = found + " at column " + (at + 1) + " (expected: " + expected + ")";
    }

    @Override
    public String getMessage() {
        return message;
    }
}
