package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One running instance of a role, or what is last known of it.
 *
 * @param role null for agents that say nothing about it, such as stock collectors
 * @param own whether it is Lightvessel's own agent
 * @param firstDataAt when telemetry first passed through it
 * @param components its health tree, without the root
 * @param effectiveConfig the text it says it runs; secrets are masked by the agent
 */
public record Agent(
        AgentId id,
        TenantId tenant,
        ClusterId cluster,
        String name,
        @Nullable AgentRole role,
        boolean own,
        String version,
        String host,
        InstanceUid instanceUid,
        boolean connected,
        @Nullable TransportKind transport,
        Instant enrolledAt,
        @Nullable Instant connectedAt,
        @Nullable Instant lastSeen,
        @Nullable Instant configAppliedAt,
        @Nullable Instant firstDataAt,
        Health health,
        ConfigState config,
        AgentRates rates,
        List<ComponentHealth> components,
        Map<String, String> attributes,
        @Nullable String effectiveConfig) {}
