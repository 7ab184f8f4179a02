package io.lightvessel.stack;

import java.util.List;

/**
 * A revision of a blueprint and what it means for the clusters that follow.
 *
 * @param clusters their slugs; each got, or would get, a revision of its own
 */
public record BlueprintChange(BlueprintRevision revision, List<String> clusters) {
    public BlueprintChange {
        clusters = List.copyOf(clusters);
    }
}
