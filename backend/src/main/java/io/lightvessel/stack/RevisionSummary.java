package io.lightvessel.stack;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A revision in a list, without its content. */
public record RevisionSummary(
        int number,
        String author,
        String message,
        Instant createdAt,
        @Nullable Approval approval) {

    /** What the revision's own row says. */
    record Row(int number, String author, String message, Instant createdAt) {
        RevisionSummary with(@Nullable Approval approval) {
            return new RevisionSummary(number, author, message, createdAt, approval);
        }
    }
}
