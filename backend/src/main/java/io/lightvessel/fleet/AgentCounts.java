package io.lightvessel.fleet;

import java.util.Map;

/** How many agents there are in each state of both axes; states without agents count zero. */
public record AgentCounts(int total, Map<HealthStatus, Integer> byHealth, Map<ConfigStatus, Integer> byConfig) {

    public int of(HealthStatus status) {
        return byHealth.getOrDefault(status, 0);
    }

    public int of(ConfigStatus status) {
        return byConfig.getOrDefault(status, 0);
    }
}
