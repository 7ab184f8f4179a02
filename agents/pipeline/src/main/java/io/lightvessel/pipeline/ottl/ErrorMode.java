package io.lightvessel.pipeline.ottl;

import java.util.Locale;

/** What is done when a statement or condition cannot be run for a record. It is counted in any case. */
enum ErrorMode {
    /** The record stays as it was; a line in the log now and then. */
    IGNORE,
    /** The same without the log. */
    SILENT,
    /** The request is refused. */
    PROPAGATE;

    static ErrorMode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
