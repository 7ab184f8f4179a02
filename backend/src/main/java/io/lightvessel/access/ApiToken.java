package io.lightvessel.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token that programs use the REST API with; its secret is known to nobody any more. */
public record ApiToken(
        String id,
        String name,
        ApiTokenScope scope,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {}
