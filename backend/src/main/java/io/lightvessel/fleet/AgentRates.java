package io.lightvessel.fleet;

import java.util.Map;

/**
 * What passes through an agent right now, over all of its pipelines.
 *
 * @param receivedBySignal of those signals it ever received
 * @param queuedRecords inside the agent at this moment
 */
public record AgentRates(
        Rate received, Rate delivered, Rate dropped, Map<TelemetrySignal, Rate> receivedBySignal, long queuedRecords) {
    public static final AgentRates ZERO = new AgentRates(Rate.ZERO, Rate.ZERO, Rate.ZERO, Map.of(), 0);

    public AgentRates {
        receivedBySignal = Map.copyOf(receivedBySignal);
    }
}
