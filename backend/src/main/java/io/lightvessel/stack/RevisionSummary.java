package io.lightvessel.stack;

import java.time.Instant;

/** A revision in a list, without its content. */
public record RevisionSummary(int number, String author, String message, Instant createdAt) {}
