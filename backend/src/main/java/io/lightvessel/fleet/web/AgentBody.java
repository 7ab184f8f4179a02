package io.lightvessel.fleet.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.AgentRates;
import io.lightvessel.fleet.ComponentHealth;
import io.lightvessel.fleet.ConfigState;
import io.lightvessel.fleet.Health;
import io.lightvessel.fleet.Rate;
import io.lightvessel.fleet.TransportKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An agent on the wire; lists leave the last three fields out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AgentBody(
        String id,
        String name,
        String cluster,
        @Nullable String role,
        boolean own,
        String version,
        String host,
        String instanceUid,
        boolean connected,
        @Nullable TransportKind transport,
        Instant enrolledAt,
        @Nullable Instant connectedAt,
        @Nullable Instant lastSeen,
        @Nullable Instant configAppliedAt,
        @Nullable Instant firstDataAt,
        Health health,
        ConfigBody config,
        RatesBody rates,
        @Nullable List<ComponentBody> components,
        @Nullable Map<String, String> attributes,
        @Nullable String effectiveConfig) {

    static AgentBody inList(Agent agent, String cluster) {
        return of(agent, cluster, null, null, null);
    }

    static AgentBody alone(Agent agent, String cluster) {
        return of(
                agent,
                cluster,
                agent.components().stream().map(ComponentBody::of).toList(),
                new TreeMap<>(agent.attributes()),
                agent.effectiveConfig());
    }

    private static AgentBody of(
            Agent agent,
            String cluster,
            @Nullable List<ComponentBody> components,
            @Nullable Map<String, String> attributes,
            @Nullable String effectiveConfig) {
        return new AgentBody(
                agent.id().value(),
                agent.name(),
                cluster,
                agent.role() == null ? null : agent.role().wireName(),
                agent.own(),
                agent.version(),
                agent.host(),
                agent.instanceUid().toString(),
                agent.connected(),
                agent.transport(),
                agent.enrolledAt(),
                agent.connectedAt(),
                agent.lastSeen(),
                agent.configAppliedAt(),
                agent.firstDataAt(),
                agent.health(),
                ConfigBody.of(agent.config()),
                RatesBody.of(agent.rates()),
                components,
                attributes,
                effectiveConfig);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConfigBody(
            String status,
            String reason,
            Instant since,
            @Nullable Long desiredRevision,
            @Nullable String desiredHash,
            @Nullable String reportedHash) {

        static ConfigBody of(ConfigState config) {
            return new ConfigBody(
                    config.status().name(),
                    config.reason(),
                    config.since(),
                    config.desiredRevision(),
                    config.desiredHash(),
                    config.reportedHash());
        }
    }

    record RatesBody(
            Rate received, Rate delivered, Rate dropped, Map<String, Rate> receivedBySignal, long queuedRecords) {

        static RatesBody of(AgentRates rates) {
            Map<String, Rate> bySignal = new TreeMap<>();
            rates.receivedBySignal().forEach((signal, rate) -> bySignal.put(signal.wireName(), rate));
            return new RatesBody(rates.received(), rates.delivered(), rates.dropped(), bySignal, rates.queuedRecords());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ComponentBody(
            String name,
            boolean healthy,
            String status,
            String lastError,
            @Nullable Instant since,
            List<ComponentBody> components) {

        static ComponentBody of(ComponentHealth health) {
            return new ComponentBody(
                    health.name(),
                    health.healthy(),
                    health.status(),
                    health.lastError(),
                    health.since(),
                    health.components().stream().map(ComponentBody::of).toList());
        }
    }
}
