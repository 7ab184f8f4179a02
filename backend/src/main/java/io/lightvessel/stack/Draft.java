package io.lightvessel.stack;

import io.lightvessel.cluster.ClusterId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A stack that somebody works on; nothing runs it.
 *
 * @param authors everybody who worked on it
 * @param base the revision it was begun with; 0 for none
 * @param version counts its own edits
 */
public record Draft(
        UUID id,
        ClusterId cluster,
        String author,
        List<String> authors,
        int base,
        String message,
        StackSpec spec,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    public Draft {
        authors = List.copyOf(authors);
    }
}
