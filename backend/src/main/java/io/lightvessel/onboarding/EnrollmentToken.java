package io.lightvessel.onboarding;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.wire.AgentRole;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What lets new agents into a cluster; its secret is not kept.
 *
 * @param id the public part, {@code lve_} and ten characters
 * @param role that agents must have which use it; null for any
 * @param maxUses null for any number
 * @param uses agents that enrolled with it
 * @param refused attempts that were turned away
 */
public record EnrollmentToken(
        String id,
        String label,
        ClusterId cluster,
        @Nullable AgentRole role,
        @Nullable Integer maxUses,
        int uses,
        long refused,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        Instant createdAt,
        String createdBy,
        @Nullable Instant lastUsedAt) {

    /** What the token is good for at a moment. */
    public TokenState state(Instant now) {
        if (revokedAt != null) {
            return TokenState.REVOKED;
        }
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return TokenState.EXPIRED;
        }
        return maxUses != null && uses >= maxUses ? TokenState.USED_UP : TokenState.ACTIVE;
    }
}
