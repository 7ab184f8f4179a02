package io.lightvessel.stack.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.stack.Blueprint;
import io.lightvessel.stack.BlueprintContent;
import io.lightvessel.stack.BlueprintRevision;
import io.lightvessel.stack.Manager;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A revision of a blueprint on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BlueprintBody(
        String slug,
        @Nullable String name,
        int revision,
        String author,
        String message,
        Instant createdAt,
        ObjectNode spec,
        List<BlueprintContent.Override> overrides,
        @Nullable Manager managedBy) {

    static BlueprintBody of(@Nullable Blueprint blueprint, BlueprintRevision revision) {
        return new BlueprintBody(
                revision.blueprint(),
                blueprint == null ? null : blueprint.name(),
                revision.number(),
                revision.author(),
                revision.message(),
                revision.createdAt(),
                revision.content().spec(),
                revision.content().overrides(),
                blueprint == null ? null : blueprint.manager());
    }

    /** A blueprint in a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String slug,
            String name,
            int revision,
            int clusters,
            Instant createdAt,
            String createdBy,
            @Nullable Manager managedBy) {
        static Item of(Blueprint blueprint) {
            return new Item(
                    blueprint.slug(),
                    blueprint.name(),
                    blueprint.revision(),
                    blueprint.clusters(),
                    blueprint.createdAt(),
                    blueprint.createdBy(),
                    blueprint.manager());
        }
    }

    /** A cluster that inherits. */
    record Heir(String cluster, String name, boolean follows) {}

    /** What a save did, or would do. */
    record Change(BlueprintBody blueprint, List<String> clusters) {}
}
