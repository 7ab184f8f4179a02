package io.lightvessel.gateway.jaeger;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.server.Endpoint;
import io.lightvessel.gateway.server.HttpErrors;
import io.lightvessel.gateway.server.ServerOptions;
import io.lightvessel.gateway.server.Servers;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes {@code jaeger} receivers. */
public final class JaegerReceiverFactory implements ReceiverFactory {

    private final Servers servers;

    public JaegerReceiverFactory(Transport transport) {
        this.servers = new Servers(transport);
    }

    @Override
    public String type() {
        return "jaeger";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure {
        Settings protocols = settings.section("protocols");
        List<Endpoint> endpoints = new ArrayList<>();
        Optional<Settings> grpc = protocols.optionalSection("grpc");
        if (grpc.isPresent()) {
            endpoints.add(Endpoint.grpc(
                    "grpc",
                    ServerOptions.grpc(grpc.get(), context),
                    Map.of(JaegerServices.POST_SPANS, new JaegerServices.Grpc(context.outlet(Signal.TRACES, "grpc")))));
        }
        Optional<Settings> http = protocols.optionalSection("thrift_http");
        if (http.isPresent()) {
            endpoints.add(Endpoint.http(
                    "thrift_http",
                    ServerOptions.http(http.get(), context),
                    Map.of(
                            JaegerServices.TRACES_PATH,
                            new JaegerServices.ThriftHttp(context.outlet(Signal.TRACES, "thrift_http"))),
                    HttpErrors.TEXT));
        }
        return servers.prepare(context, endpoints, previous);
    }
}
