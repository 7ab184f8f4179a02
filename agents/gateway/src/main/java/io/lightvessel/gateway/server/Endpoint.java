package io.lightvessel.gateway.server;

import java.util.Map;

/**
 * One address a receiver listens on and what it serves there.
 *
 * @param label names the endpoint in logs and status, for example {@code thrift_http}; a reconfigured receiver goes on
 *     with the socket of the endpoint with the same label, protocol and address
 * @param grpcServices by path, for example {@code /jaeger.api_v2.CollectorService/PostSpans}; empty for HTTP
 * @param httpServices by path, without query; empty for gRPC
 * @param errors how HTTP requests are answered that concern none of the services
 */
public record Endpoint(
        String label,
        Protocol protocol,
        ServerOptions options,
        Map<String, GrpcService> grpcServices,
        Map<String, HttpService> httpServices,
        HttpErrors errors) {

    public Endpoint {
        grpcServices = Map.copyOf(grpcServices);
        httpServices = Map.copyOf(httpServices);
    }

    public static Endpoint grpc(String label, ServerOptions options, Map<String, GrpcService> services) {
        return new Endpoint(label, Protocol.GRPC, options, services, Map.of(), HttpErrors.TEXT);
    }

    public static Endpoint http(
            String label, ServerOptions options, Map<String, HttpService> services, HttpErrors errors) {
        return new Endpoint(label, Protocol.HTTP, options, Map.of(), services, errors);
    }

    boolean canGoOnWith(Listener listener) {
        return listener.protocol() == protocol && listener.endpoint().equals(options.address());
    }
}
