package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Outlet;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@code otlp} receiver's settings come to. */
record OtlpReceiverSettings(Map<Protocol, Endpoint> endpoints) {

    /** One protocol's address and limits. */
    record Endpoint(
            String address,
            int maxBodyBytes,
            long maxStreams,
            KeepAlive keepAlive,
            Map<String, Signal> httpPaths,
            @Nullable SslContext tls) {

        Intake intake(Map<Signal, Outlet> outlets, ByteBudget budget, Timeouts timeouts) {
            return new Intake(outlets, budget, maxBodyBytes, httpPaths, maxStreams, keepAlive, timeouts, tls);
        }
    }

    static OtlpReceiverSettings of(Settings settings) throws ComponentFailure {
        Settings protocols = settings.section("protocols");
        Map<Protocol, Endpoint> endpoints = new EnumMap<>(Protocol.class);
        Optional<Settings> grpc = protocols.optionalSection("grpc");
        if (grpc.isPresent()) {
            endpoints.put(Protocol.GRPC, grpc(grpc.get()));
        }
        Optional<Settings> http = protocols.optionalSection("http");
        if (http.isPresent()) {
            endpoints.put(Protocol.HTTP, http(http.get()));
        }
        return new OtlpReceiverSettings(endpoints);
    }

    private static Endpoint grpc(Settings grpc) throws ComponentFailure {
        long mebibytes = grpc.has("max_recv_msg_size_mib") ? grpc.integer("max_recv_msg_size_mib") : 0;
        long streams = grpc.has("max_concurrent_streams") ? grpc.integer("max_concurrent_streams") : 0;
        return new Endpoint(
                grpc.string("endpoint"),
                limit(mebibytes << 20),
                streams == 0 ? Intake.DEFAULT_MAX_STREAMS : streams,
                keepAlive(grpc),
                Map.of(),
                ServerTls.of(grpc, ApplicationProtocolNames.HTTP_2));
    }

    private static Endpoint http(Settings http) throws ComponentFailure {
        Map<String, Signal> paths = new HashMap<>();
        Intake.DEFAULT_HTTP_PATHS.forEach((path, signal) -> {
            String key = signal.label() + "_url_path";
            paths.put(http.has(key) ? http.string(key) : path, signal);
        });
        long bytes = http.has("max_request_body_size") ? http.integer("max_request_body_size") : 0;
        return new Endpoint(
                http.string("endpoint"),
                limit(bytes),
                Intake.DEFAULT_MAX_STREAMS,
                KeepAlive.DEFAULT,
                paths,
                ServerTls.of(http, ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1));
    }

    /** Zero stands for the default, as in the Collector. */
    private static int limit(long bytes) {
        return bytes <= 0 ? Intake.DEFAULT_MAX_BODY : (int) Math.min(bytes, Integer.MAX_VALUE - 16);
    }

    private static KeepAlive keepAlive(Settings grpc) {
        Settings keepalive = grpc.optionalSection("keepalive").orElse(Settings.empty());
        Settings server = keepalive.optionalSection("server_parameters").orElse(Settings.empty());
        Settings policy = keepalive.optionalSection("enforcement_policy").orElse(Settings.empty());
        return new KeepAlive(
                positive(server, "max_connection_idle"),
                positive(server, "max_connection_age"),
                positive(server, "max_connection_age_grace"),
                or(positive(server, "time"), KeepAlive.DEFAULT.pingAfter()),
                or(positive(server, "timeout"), KeepAlive.DEFAULT.pingTimeout()),
                policy.has("min_time") ? policy.duration("min_time") : KeepAlive.DEFAULT.minPingInterval(),
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
