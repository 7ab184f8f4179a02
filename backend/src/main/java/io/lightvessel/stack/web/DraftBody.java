package io.lightvessel.stack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.stack.Draft;
import io.lightvessel.stack.StackSpec;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A draft on the wire; a list's items are without the spec. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DraftBody(
        UUID id,
        String author,
        int base,
        String message,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable StackSpec spec) {

    static DraftBody of(Draft draft) {
        return of(draft, draft.spec());
    }

    static DraftBody item(Draft draft) {
        return of(draft, null);
    }

    private static DraftBody of(Draft draft, @Nullable StackSpec spec) {
        return new DraftBody(
                draft.id(),
                draft.author(),
                draft.base(),
                draft.message(),
                draft.version(),
                draft.createdAt(),
                draft.updatedAt(),
                spec);
    }
}
