package io.lightvessel.gateway.pyroscope;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.BodyEncoding;
import io.lightvessel.gateway.net.ClientTls;
import io.lightvessel.gateway.net.Endpoints;
import io.lightvessel.gateway.net.HttpSender;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.net.http.ConnectionRules;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterContext;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.Prepared;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@code pyroscope} exporters. */
public final class PyroscopeExporterFactory implements ExporterFactory {
    private static final String METHOD = "/push.v1.PusherService/Push";
    private static final Set<String> RESERVED =
            Set.of("Content-Type", "Content-Encoding", "Content-Length", "User-Agent", "Connect-Protocol-Version");

    private final Transport transport;
    private final ConnectionRules rules;

    public PyroscopeExporterFactory(Transport transport) {
        this(transport, ConnectionRules.DEFAULT);
    }

    public PyroscopeExporterFactory(Transport transport, ConnectionRules rules) {
        this.transport = transport;
        this.rules = rules;
    }

    @Override
    public String type() {
        return "pyroscope";
    }

    @Override
    public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous)
            throws ComponentFailure {
        try {
            URI base = Endpoints.http("endpoint", settings.string("endpoint"));
            String text = base.toString();
            URI url = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + METHOD);
            HttpSender sender = new HttpSender(
                    transport,
                    ClientTls.of(settings).forHttp1(),
                    rules.with(settings),
                    Endpoints.headers(settings, RESERVED),
                    settings.duration("timeout"),
                    Endpoints.authenticator(context, settings));
            return Prepared.ready(new PyroscopeExporter(
                    sender,
                    url,
                    Endpoints.shown(base),
                    context.userAgent(),
                    BodyEncoding.of(settings.string("compression")),
                    settings.has("external_labels") ? settings.stringMap("external_labels") : Map.of(),
                    context.timer()));
        } catch (ComponentFailure e) {
            throw new ComponentFailure("exporter " + context.id() + ": " + e.getMessage(), e);
        }
    }
}
