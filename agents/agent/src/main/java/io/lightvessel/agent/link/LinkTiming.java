package io.lightvessel.agent.link;

import java.time.Duration;

/**
 * The link's clockwork; everything but the heartbeat, which the server sets, is fixed outside tests.
 *
 * @param heartbeat used until the server offers another interval
 * @param flow between two flow reports
 * @param watch between two looks at health and description
 * @param ping between two WebSocket pings
 * @param silence after which a connection that brought nothing, not even a pong, counts as lost
 * @param backoffBase upper bound of the first delay; doubles with every failure
 * @param backoffCap upper bound of every delay
 * @param refusedDelay lower bound of the delay after the server refused this agent; twice as much is the upper one
 * @param stable a connection that lasted this long resets the backoff
 */
public record LinkTiming(
        Duration heartbeat,
        Duration flow,
        Duration watch,
        Duration ping,
        Duration silence,
        Duration backoffBase,
        Duration backoffCap,
        Duration refusedDelay,
        Duration stable) {

    public static LinkTiming standard() {
        return new LinkTiming(
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(45),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }
}
