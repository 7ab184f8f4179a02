package io.lightvessel.onboarding;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.wire.AgentRole;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What someone asks for when creating an enrolment token.
 *
 * @param role that agents must have; null for any
 * @param maxUses null for any number
 * @param validFor null for ever
 */
public record NewEnrollmentToken(
        String label,
        ClusterId cluster,
        @Nullable AgentRole role,
        @Nullable Integer maxUses,
        @Nullable Duration validFor) {

    /** One agent, within a day. */
    public static NewEnrollmentToken single(String label, ClusterId cluster) {
        return new NewEnrollmentToken(label, cluster, null, 1, Duration.ofDays(1));
    }
}
