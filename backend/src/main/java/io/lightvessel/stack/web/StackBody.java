package io.lightvessel.stack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.stack.Inheritance;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackSpec;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A revision of a stack on the wire; revision 0 is the default stack of a cluster that has none saved. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StackBody(
        int revision,
        @Nullable String author,
        @Nullable String message,
        @Nullable Instant createdAt,
        StackSpec spec,
        @Nullable Map<String, String> digests,
        @Nullable Inheritance inheritance) {

    static StackBody of(StackRevision revision) {
        Map<String, String> digests = new TreeMap<>();
        revision.digests().forEach((role, digest) -> digests.put(role.wireName(), digest));
        return new StackBody(
                revision.number(),
                revision.author(),
                revision.message(),
                revision.createdAt(),
                revision.spec(),
                digests,
                revision.inheritance());
    }

    static StackBody defaults() {
        return new StackBody(0, null, null, null, StackSpec.defaults(), null, null);
    }
}
