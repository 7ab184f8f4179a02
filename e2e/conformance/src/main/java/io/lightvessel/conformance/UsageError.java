package io.lightvessel.conformance;

/** A command line that makes no sense, with what was expected instead. */
final class UsageError extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageError(String message) {
        super(message);
    }
}
