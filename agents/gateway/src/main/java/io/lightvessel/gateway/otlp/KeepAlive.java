package io.lightvessel.gateway.otlp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the server ends or probes gRPC connections; null means never.
 *
 * @param maxAge after which a connection is asked to go, so that clients spread over new replicas
 * @param maxAgeGrace how long calls under way may then still take
 * @param minPingInterval the shortest time between a client's pings
 * @param permitWithoutStream whether it may ping without a call under way
 */
record KeepAlive(
        @Nullable Duration maxIdle,
        @Nullable Duration maxAge,
        @Nullable Duration maxAgeGrace,
        Duration pingAfter,
        Duration pingTimeout,
        Duration minPingInterval,
        boolean permitWithoutStream) {
    static final KeepAlive DEFAULT =
            new KeepAlive(null, null, null, Duration.ofHours(2), Duration.ofSeconds(20), Duration.ofMinutes(5), false);
}
