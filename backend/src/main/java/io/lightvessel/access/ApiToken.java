package io.lightvessel.access;

import io.lightvessel.tenancy.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that programs use the REST API with; its secret is known to nobody any more.
 *
 * @param person who answers for it: it never may more than they may at that moment; null for one the control plane made
 */
public record ApiToken(
        String id,
        String name,
        Role role,
        @Nullable String person,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {}
