package io.lightvessel.stack;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stack that clusters inherit from.
 *
 * @param revision the latest revision's number
 * @param clusters how many clusters inherit from it now
 * @param manager the tool that owns it; null when nothing does
 */
public record Blueprint(
        String slug,
        String name,
        int revision,
        int clusters,
        Instant createdAt,
        String createdBy,
        @Nullable Manager manager) {}
