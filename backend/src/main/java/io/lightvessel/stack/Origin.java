package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a value of a cluster's stack comes from.
 *
 * @param override the blueprint's override that set it, for {@code LABELS}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Origin(
        Kind kind,
        @Nullable String blueprint,
        @Nullable Integer revision,
        @Nullable String override) {
    public static final Origin DEFAULT = new Origin(Kind.DEFAULT, null, null, null);
    public static final Origin CLUSTER = new Origin(Kind.CLUSTER, null, null, null);

    static Origin blueprint(BlueprintRevision revision) {
        return new Origin(Kind.BLUEPRINT, revision.blueprint(), revision.number(), null);
    }

    static Origin labels(BlueprintRevision revision, String override) {
        return new Origin(Kind.LABELS, revision.blueprint(), revision.number(), override);
    }

    /** As people read it. */
    public String words() {
        return switch (kind) {
            case DEFAULT -> "the default";
            case BLUEPRINT -> "blueprint %s revision %d".formatted(blueprint, revision);
            case LABELS -> "override %s of blueprint %s revision %d".formatted(override, blueprint, revision);
            case CLUSTER -> "this cluster";
        };
    }

    /** The layers of a stack, each over the one before. */
    public enum Kind {
        DEFAULT,
        BLUEPRINT,
        LABELS,
        CLUSTER
    }
}
