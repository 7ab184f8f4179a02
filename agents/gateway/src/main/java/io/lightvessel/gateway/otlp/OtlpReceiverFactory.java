package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.server.Endpoint;
import io.lightvessel.gateway.server.GrpcService;
import io.lightvessel.gateway.server.HttpService;
import io.lightvessel.gateway.server.ServerOptions;
import io.lightvessel.gateway.server.Servers;
import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes {@code otlp} receivers. */
public final class OtlpReceiverFactory implements ReceiverFactory {
    private static final Map<Signal, String> GRPC_METHODS = Map.of(
            Signal.TRACES, "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
            Signal.METRICS, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
            Signal.LOGS, "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
            Signal.PROFILES, "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export");
    private static final Map<Signal, String> HTTP_PATHS = Map.of(
            Signal.TRACES, "/v1/traces",
            Signal.METRICS, "/v1/metrics",
            Signal.LOGS, "/v1/logs",
            Signal.PROFILES, "/v1development/profiles");

    private final Servers servers;

    public OtlpReceiverFactory(Transport transport) {
        this(transport, Timeouts.DEFAULT);
    }

    OtlpReceiverFactory(Transport transport, Timeouts timeouts) {
        this.servers = new Servers(transport, timeouts);
    }

    @Override
    public String type() {
        return "otlp";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure {
        try {
            Settings protocols = settings.section("protocols");
            List<Endpoint> endpoints = new ArrayList<>();
            Optional<Settings> grpc = protocols.optionalSection("grpc");
            if (grpc.isPresent()) {
                endpoints.add(Endpoint.grpc("grpc", ServerOptions.grpc(grpc.get(), context), grpcServices(context)));
            }
            Optional<Settings> http = protocols.optionalSection("http");
            if (http.isPresent()) {
                endpoints.add(Endpoint.http(
                        "http",
                        ServerOptions.http(http.get(), context),
                        httpServices(context, http.get()),
                        OtlpHttpService.ERRORS));
            }
            return servers.prepare(context, endpoints, previous);
        } catch (ComponentFailure e) {
            throw new ComponentFailure("receiver " + context.id() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, GrpcService> grpcServices(ReceiverContext context) {
        Map<String, GrpcService> services = new HashMap<>();
        GRPC_METHODS.forEach(
                (signal, path) -> services.put(path, new OtlpGrpcService(signal, context.outlet(signal, "grpc"))));
        return services;
    }

    private static Map<String, HttpService> httpServices(ReceiverContext context, Settings http) {
        Map<String, HttpService> services = new HashMap<>();
        HTTP_PATHS.forEach((signal, standard) -> {
            String key = signal.label() + "_url_path";
            String path = http.has(key) ? http.string(key) : standard;
            services.put(
                    path.startsWith("/") ? path : "/" + path,
                    new OtlpHttpService(signal, context.outlet(signal, "http")));
        });
        return services;
    }
}
