package io.lightvessel.gateway.server;

import io.lightvessel.config.Settings;
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

    /** Reads a {@code keepalive} section. */
    static KeepAlive of(Settings grpc) {
        Settings keepalive = grpc.optionalSection("keepalive").orElse(Settings.empty());
        Settings server = keepalive.optionalSection("server_parameters").orElse(Settings.empty());
        Settings policy = keepalive.optionalSection("enforcement_policy").orElse(Settings.empty());
        return new KeepAlive(
                positive(server, "max_connection_idle"),
                positive(server, "max_connection_age"),
                positive(server, "max_connection_age_grace"),
                or(positive(server, "time"), DEFAULT.pingAfter()),
                or(positive(server, "timeout"), DEFAULT.pingTimeout()),
                policy.has("min_time") ? policy.duration("min_time") : DEFAULT.minPingInterval(),
                policy.has("permit_without_stream") && policy.flag("permit_without_stream"));
    }

    private static @Nullable Duration positive(Settings settings, String key) {
        Duration value = settings.has(key) ? settings.duration(key) : Duration.ZERO;
        return value.isPositive() ? value : null;
    }

    private static Duration or(@Nullable Duration value, Duration otherwise) {
        return value == null ? otherwise : value;
    }
}
