package io.lightvessel.wire;

import java.util.Locale;
import java.util.Optional;

/** What an agent is for: cluster-scoped work, node-scoped work, or both in one process. */
public enum AgentRole {
    GATEWAY,
    COLLECTOR,
    EDGE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AgentRole> ofWireName(String name) {
        for (AgentRole role : values()) {
            if (role.wireName().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
