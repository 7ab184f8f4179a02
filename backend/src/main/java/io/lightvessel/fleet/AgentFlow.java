package io.lightvessel.fleet;

import java.util.List;

/** Where the telemetry of one agent comes from and goes to. Flows once seen stay listed when their rate falls to zero. */
public record AgentFlow(Agent agent, List<Source> sources, List<Destination> destinations) {

    public AgentFlow {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
    }

    /** A producer, named by its resource's service.name. */
    public record Source(String service, String namespace, String receiver, TelemetrySignal signal, Rate rate) {}

    /** A backend, or another agent, that an exporter sends to. */
    public record Destination(
            String exporter,
            String endpoint,
            TelemetrySignal signal,
            Rate rate,
            double failedPerSecond,
            long queuedRecords,
            String lastError) {}
}
