package io.lightvessel.stack;

import java.time.Instant;

/** One saved version of a blueprint; it never changes. */
public record BlueprintRevision(
        String blueprint, int number, String author, String message, Instant createdAt, BlueprintContent content) {}
