package io.lightvessel.stack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.stack.Approval;
import io.lightvessel.stack.RevisionSummary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A revision in a list, without its content. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RevisionBody(int revision, String author, String message, Instant createdAt, Approval.@Nullable State approval) {

    static RevisionBody of(RevisionSummary revision) {
        Approval approval = revision.approval();
        return new RevisionBody(
                revision.number(),
                revision.author(),
                revision.message(),
                revision.createdAt(),
                approval == null ? null : approval.state());
    }
}
