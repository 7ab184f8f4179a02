package io.lightvessel.pipeline;

import java.time.Duration;
import java.util.Map;

/** Brings telemetry into the agent and answers its producers as results come back. */
public interface Receiver {

    /**
     * Where it listens, by protocol, with real ports: {@code grpc -> 0.0.0.0:4317}. Empty when it does not listen.
     */
    default Map<String, String> endpoints() {
        return Map.of();
    }

    /**
     * Takes nothing more, waits at most {@code grace} for answers that are still due, then lets go of everything that
     * no successor has taken over. May block.
     */
    void stop(Duration grace);
}
