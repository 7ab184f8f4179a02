package io.lightvessel.fleet.ui;

import io.lightvessel.fleet.Agent;
import io.lightvessel.wire.AgentRole;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words agents for lists and pages. */
final class AgentWords {

    private AgentWords() {}

    static String role(@Nullable AgentRole role) {
        if (role == null) {
            return "Other";
        }
        String name = role.name().toLowerCase(Locale.ROOT);
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    static String kind(Agent agent) {
        return agent.own() ? role(agent.role()) : role(agent.role()) + " (foreign)";
    }
}
