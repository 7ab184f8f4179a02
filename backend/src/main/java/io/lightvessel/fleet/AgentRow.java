package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept of an agent when the control plane stops. */
record AgentRow(
        AgentId id,
        ClusterId cluster,
        InstanceUid uid,
        String name,
        @Nullable AgentRole role,
        boolean own,
        String version,
        String host,
        Map<String, String> attributes,
        long capabilities,
        Instant enrolledAt,
        @Nullable Instant connectedAt,
        @Nullable Instant disconnectedAt,
        boolean goodbye,
        @Nullable Instant lastSeen,
        @Nullable ComponentHealth components,
        Health health,
        @Nullable String reportedHash,
        RemoteConfigStatuses reportedStatus,
        String reportedError,
        ConfigStatus configStatus,
        String configReason,
        Instant configSince,
        @Nullable Instant configAppliedAt,
        @Nullable Instant firstDataAt,
        @Nullable String effectiveConfig) {

    /** An agent that was let in just now. */
    static AgentRow enrolled(
            AgentId id, ClusterId cluster, InstanceUid uid, String name, @Nullable AgentRole role, Instant now) {
        HealthRules.Verdict waiting =
                HealthRules.judge(new HealthRules.Facts(false, false, null, false, null), now, Duration.ZERO);
        return new AgentRow(
                id,
                cluster,
                uid,
                name,
                role,
                false,
                "",
                "",
                Map.of(),
                0,
                now,
                null,
                null,
                false,
                null,
                null,
                new Health(waiting.status(), waiting.reason(), now),
                null,
                RemoteConfigStatuses.RemoteConfigStatuses_UNSET,
                "",
                ConfigStatus.PENDING,
                "Gets its configuration when it connects",
                now,
                null,
                null,
                null);
    }
}
