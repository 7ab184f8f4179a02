package io.lightvessel.onboarding.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.onboarding.EnrollmentToken;
import io.lightvessel.onboarding.TokenState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token on the wire.
 *
 * @param secret what agents present; only in the answer to its creation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenBody(
        String id,
        String label,
        String cluster,
        @Nullable String role,
        TokenState state,
        int uses,
        @Nullable Integer maxUses,
        long refused,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        Instant createdAt,
        String createdBy,
        @Nullable Instant lastUsedAt,
        @Nullable String secret) {

    static TokenBody of(EnrollmentToken token, String cluster, Instant now, @Nullable String secret) {
        return new TokenBody(
                token.id(),
                token.label(),
                cluster,
                token.role() == null ? null : token.role().wireName(),
                token.state(now),
                token.uses(),
                token.maxUses(),
                token.refused(),
                token.expiresAt(),
                token.revokedAt(),
                token.createdAt(),
                token.createdBy(),
                token.lastUsedAt(),
                secret);
    }

    @Override
    public String toString() {
        return "TokenBody[" + id + "]";
    }
}
