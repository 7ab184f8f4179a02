package io.lightvessel.fleet.ui;

import io.lightvessel.fleet.AgentId;
import io.lightvessel.fleet.FleetError;
import io.lightvessel.platform.LightvesselException;

/** Reads the agent that an address names. */
final class AgentPath {

    private AgentPath() {}

    static AgentId id(String segment) {
        try {
            return new AgentId(segment);
        } catch (IllegalArgumentException e) {
            throw new LightvesselException(
                    FleetError.AGENT_NOT_FOUND, "There is no agent " + segment + " in this organisation.");
        }
    }
}
