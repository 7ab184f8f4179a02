package io.lightvessel.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a payload was not taken, in terms its producer can act on.
 *
 * @param message one sentence for people; never holds a secret
 * @param retryAfter how long the producer should wait before it tries again; null when nobody knows
 */
public record Refusal(
        Kind kind,
        DropReason reason,
        String message,
        @Nullable Duration retryAfter) {

    /** Whether the same payload can succeed later. */
    public enum Kind {
        RETRYABLE,
        PERMANENT
    }

    public static Refusal retryable(DropReason reason, String message, @Nullable Duration retryAfter) {
        return new Refusal(Kind.RETRYABLE, reason, message, retryAfter);
    }

    public static Refusal permanent(DropReason reason, String message) {
        return new Refusal(Kind.PERMANENT, reason, message, null);
    }

    public boolean isRetryable() {
        return kind == Kind.RETRYABLE;
    }
}
