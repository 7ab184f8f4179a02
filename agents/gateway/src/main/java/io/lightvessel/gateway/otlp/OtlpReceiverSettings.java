package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Outlet;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@code otlp} receiver's settings come to. */
record OtlpReceiverSettings(Map<Protocol, Endpoint> endpoints) {

    /** One protocol's address and limits. */
    record Endpoint(
            String address, int maxBodyBytes, long maxStreams, KeepAlive keepAlive, Map<String, Signal> httpPaths) {

        Intake intake(Map<Signal, Outlet> outlets, ByteBudget budget, Timeouts timeouts) {
            return new Intake(outlets, budget, maxBodyBytes, httpPaths, maxStreams, keepAlive, timeouts);
        }
    }

    static OtlpReceiverSettings of(Settings settings) {
        Settings protocols = settings.section("protocols");
        Map<Protocol, Endpoint> endpoints = new EnumMap<>(Protocol.class);
        protocols.optionalSection("grpc").ifPresent(grpc -> endpoints.put(Protocol.GRPC, grpc(grpc)));
        protocols.optionalSection("http").ifPresent(http -> endpoints.put(Protocol.HTTP, http(http)));
        return new OtlpReceiverSettings(endpoints);
    }

    private static Endpoint grpc(Settings grpc) {
        long mebibytes = grpc.has("max_recv_msg_size_mib") ? grpc.integer("max_recv_msg_size_mib") : 0;
        long streams = grpc.has("max_concurrent_streams") ? grpc.integer("max_concurrent_streams") : 0;
        return new Endpoint(
                grpc.string("endpoint"),
                limit(mebibytes << 20),
                streams == 0 ? Intake.DEFAULT_MAX_STREAMS : streams,
                keepAlive(grpc),
                Map.of());
    }

    private static Endpoint http(Settings http) {
        Map<String, Signal> paths = new HashMap<>();
        Intake.DEFAULT_HTTP_PATHS.forEach((path, signal) -> {
            String key = signal.label() + "_url_path";
            paths.put(http.has(key) ? http.string(key) : path, signal);
        });
        long bytes = http.has("max_request_body_size") ? http.integer("max_request_body_size") : 0;
        return new Endpoint(
                http.string("endpoint"), limit(bytes), Intake.DEFAULT_MAX_STREAMS, KeepAlive.DEFAULT, paths);
    }

    /** Zero stands for the default, as in the Collector. */
    private static int limit(long bytes) {
        return bytes <= 0 ? Intake.DEFAULT_MAX_BODY : (int) Math.min(bytes, Integer.MAX_VALUE - 16);
    }

    private static KeepAlive keepAlive(Settings grpc) {
        return grpc.optionalSection("keepalive")
                .flatMap(keepalive -> keepalive.optionalSection("server_parameters"))
                .map(server -> new KeepAlive(
                        positive(server, "max_connection_idle"),
                        positive(server, "max_connection_age"),
                        positive(server, "max_connection_age_grace"),
                        or(positive(server, "time"), KeepAlive.DEFAULT.pingAfter()),
                        or(positive(server, "timeout"), KeepAlive.DEFAULT.pingTimeout())))
                .orElse(KeepAlive.DEFAULT);
    }

    private static @Nullable Duration positive(Settings settings, String key) {
        Duration value = settings.has(key) ? settings.duration(key) : Duration.ZERO;
        return value.isPositive() ? value : null;
    }

    private static Duration or(@Nullable Duration value, Duration otherwise) {
        return value == null ? otherwise : value;
    }
}
