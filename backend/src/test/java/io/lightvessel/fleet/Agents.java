package io.lightvessel.fleet;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.testing.SimulatedAgent;
import io.lightvessel.wire.AgentRole;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Agents for tests that need no database. */
public final class Agents {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private Agents() {}

    /** A healthy agent that runs what it should. */
    public static Agent agent(String name, String role) {
        return agent(name, role, Map.of(), null);
    }

    public static Agent agent(String name, String role, Map<String, String> attributes, String effectiveConfig) {
        return new Agent(
                AgentId.mint(new SecureRandom()),
                new TenantId(new UUID(1, 1)),
                new ClusterId(new UUID(2, 2)),
                name,
                AgentRole.ofWireName(role).orElseThrow(),
                true,
                "0.1.0",
                "host-of-" + name,
                SimulatedAgent.newUid(),
                true,
                TransportKind.WEBSOCKET,
                NOW,
                NOW,
                NOW,
                NOW,
                NOW,
                new Health(HealthStatus.HEALTHY, "Connected, all components healthy", NOW),
                new ConfigState(ConfigStatus.IN_SYNC, "Runs revision 1", NOW, 1L, "aa", "aa"),
                AgentRates.ZERO,
                List.of(),
                attributes,
                effectiveConfig);
    }
}
