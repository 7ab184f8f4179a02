package io.lightvessel.platform.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request body went beyond what the API reads. */
public final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge(long limit) {
        super("body: over %d bytes (expected: at most that)".formatted(limit));
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    static @Nullable BodyTooLarge within(@Nullable Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge found) {
                return found;
            }
        }
        return null;
    }
}
