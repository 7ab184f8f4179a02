package io.lightvessel.stack;

import io.lightvessel.wire.AgentRole;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Configs written by hand, in the agents' dialect: a role that has one runs it instead of what the rest of the stack would render. */
public record RawConfigs(
        @Doc("What gateways run.") @Size(min = 1, max = MOST, message = MOST_EXPECTED) @Nullable
        String gateway,

        @Doc("What collectors run.") @Size(min = 1, max = MOST, message = MOST_EXPECTED) @Nullable
        String collector,

        @Doc("What edge agents run.") @Size(min = 1, max = MOST, message = MOST_EXPECTED) @Nullable
        String edge) {
    private static final int MOST = 200_000;
    private static final String MOST_EXPECTED = "expected: a config of 1 to 200000 characters";

    static RawConfigs none() {
        return new RawConfigs(null, null, null);
    }

    public @Nullable String of(AgentRole role) {
        return switch (role) {
            case GATEWAY -> gateway;
            case COLLECTOR -> collector;
            case EDGE -> edge;
        };
    }

    public RawConfigs with(AgentRole role, @Nullable String config) {
        return switch (role) {
            case GATEWAY -> new RawConfigs(config, collector, edge);
            case COLLECTOR -> new RawConfigs(gateway, config, edge);
            case EDGE -> new RawConfigs(gateway, collector, config);
        };
    }
}
