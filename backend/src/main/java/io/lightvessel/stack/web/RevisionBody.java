package io.lightvessel.stack.web;

import io.lightvessel.stack.RevisionSummary;
import java.time.Instant;

/** A revision in a list, without its content. */
record RevisionBody(int revision, String author, String message, Instant createdAt) {

    static RevisionBody of(RevisionSummary revision) {
        return new RevisionBody(revision.number(), revision.author(), revision.message(), revision.createdAt());
    }
}
