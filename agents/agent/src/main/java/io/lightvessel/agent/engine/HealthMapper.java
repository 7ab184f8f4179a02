package io.lightvessel.agent.engine;

import io.lightvessel.wire.opamp.ComponentHealth;
import java.time.Instant;

/** Puts the engine's health tree on the wire. */
final class HealthMapper {
    private HealthMapper() {}

    /** The tree; every node started when the agent did, since OpAMP has no start time for single components. */
    static ComponentHealth toWire(io.lightvessel.pipeline.ComponentHealth health, Instant started) {
        ComponentHealth.Builder wire = ComponentHealth.newBuilder()
                .setHealthy(health.healthy())
                .setStatus(health.status().label())
                .setStartTimeUnixNano(FlowMapper.nanos(started))
                .setStatusTimeUnixNano(FlowMapper.nanos(health.since()));
        String error = health.lastError();
        if (error != null) {
            wire.setLastError(error);
        }
        health.children().forEach((key, child) -> wire.putComponentHealthMap(key, toWire(child, started)));
        return wire.build();
    }
}
