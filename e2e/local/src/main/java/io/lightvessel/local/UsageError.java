package io.lightvessel.local;

/** A command line that cannot be understood; exit code 2. */
final class UsageError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageError(String sentence) {
        super(sentence);
    }
}
