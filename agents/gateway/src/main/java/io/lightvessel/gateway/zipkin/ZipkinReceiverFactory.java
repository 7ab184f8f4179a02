package io.lightvessel.gateway.zipkin;

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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@code zipkin} receivers. */
public final class ZipkinReceiverFactory implements ReceiverFactory {

    private final Servers servers;

    public ZipkinReceiverFactory(Transport transport) {
        this.servers = new Servers(transport);
    }

    @Override
    public String type() {
        return "zipkin";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, @Nullable Receiver previous)
            throws ComponentFailure {
        ZipkinService service =
                new ZipkinService(context.outlet(Signal.TRACES, "http"), settings.flag("parse_string_tags"));
        Endpoint endpoint = Endpoint.http(
                "http", ServerOptions.http(settings, context), Map.of(ZipkinService.PATH, service), HttpErrors.TEXT);
        return servers.prepare(context, List.of(endpoint), previous);
    }
}
