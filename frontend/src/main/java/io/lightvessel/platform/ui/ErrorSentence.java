package io.lightvessel.platform.ui;

import io.lightvessel.platform.LightvesselException;
import java.util.Objects;

/** Says in one sentence what went wrong and what to do about it. */
public final class ErrorSentence {

    private ErrorSentence() {}

    public static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof LightvesselException)) {
            cause = cause.getCause();
        }
        if (cause instanceof LightvesselException known) {
            return known.fields().isEmpty()
                    ? sentence(Objects.requireNonNullElse(
                            known.getMessage(), known.error().title()))
                    : known.fields().stream()
                            .map(field -> sentence(field.detail()))
                            .distinct()
                            .reduce((a, b) -> a + " " + b)
                            .orElseThrow();
        }
        // Unknown failures are ours; their text may hold details that help nobody on a screen and are in the log.
        return "The control plane failed while answering (" + cause.getClass().getSimpleName()
                + "). The details are in its log; try again, and report it if it stays.";
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }
}
