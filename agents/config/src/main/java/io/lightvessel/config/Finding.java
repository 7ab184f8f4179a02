package io.lightvessel.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing the parser has to say about a config.
 *
 * @param path where, in the Collector's notation: {@code processors::batch::timeout}; empty for the document
 * @param message what was found and what was expected; never holds a secret's value
 * @param line line in the text, counted from 1
 */
public record Finding(
        Severity severity,
        String path,
        String message,
        @Nullable Integer line) {

    /** An error keeps a config from being used, a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (line != null) {
            text.append("line ").append(line).append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        return text.append(message).toString();
    }
}
