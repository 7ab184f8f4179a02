package io.lightvessel.pipeline.ottl;

/** A statement could not be run for one record, which stays as it was; says what was found and expected. */
final class StatementFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StatementFailure(String found, String expected) {
        // Thrown for every record in the worst case, so it must be cheap: no stack trace.
        super(found + " (expected: " + expected + ")", null, false, false);
    }
}
