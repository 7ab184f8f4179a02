package io.lightvessel.gateway.otlp;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.grpc.Balancing;
import io.lightvessel.gateway.grpc.GrpcChannel;
import io.lightvessel.gateway.grpc.GrpcTarget;
import io.lightvessel.gateway.net.BodyEncoding;
import io.lightvessel.gateway.net.ClientTls;
import io.lightvessel.gateway.net.Endpoints;
import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.NameResolver;
import io.lightvessel.gateway.net.TlsContexts;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.ExporterContext;
import io.lightvessel.pipeline.ExporterFactory;
import io.lightvessel.pipeline.Prepared;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@code otlp} exporters. */
public final class OtlpGrpcExporterFactory implements ExporterFactory {
    private static final Set<String> RESERVED =
            Set.of("te", "content-type", "user-agent", "grpc-timeout", "grpc-encoding", "grpc-accept-encoding");

    private final Transport transport;

    private final NameResolver resolver;

    public OtlpGrpcExporterFactory(Transport transport) {
        this(transport, NameResolver.SYSTEM);
    }

    OtlpGrpcExporterFactory(Transport transport, NameResolver resolver) {
        this.transport = transport;
        this.resolver = resolver;
    }

    @Override
    public String type() {
        return "otlp";
    }

    @Override
    public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous)
            throws ComponentFailure {
        String id = "exporter " + context.id();
        try {
            GrpcTarget target = target(settings, ClientTls.of(settings));
            Map<String, String> headers = Endpoints.headers(settings, RESERVED);
            GrpcChannel channel = new GrpcChannel(
                    transport,
                    target,
                    headers,
                    context.userAgent(),
                    Balancing.of(settings.string("balancer_name")),
                    resolver);
            return Prepared.ready(new OtlpGrpcExporter(
                    id,
                    channel,
                    headers,
                    authenticator(context, settings),
                    target.address().toString(),
                    BodyEncoding.of(settings.string("compression")),
                    settings.duration("timeout")));
        } catch (ComponentFailure e) {
            throw new ComponentFailure(id + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable ClientAuthenticator authenticator(ExporterContext context, Settings settings)
            throws ComponentFailure {
        Optional<Settings> auth = settings.optionalSection("auth");
        return auth.isEmpty()
                ? null
                : context.extension(ComponentId.parse(auth.get().string("authenticator")), ClientAuthenticator.class);
    }

    private static GrpcTarget target(Settings settings, ClientTls tls) throws ComponentFailure {
        String endpoint = settings.string("endpoint");
        boolean cleartext = endpoint.startsWith("http://") || tls.isInsecure() && !endpoint.startsWith("https://");
        HostPort address;
        try {
            address = HostPort.parse(endpoint.replaceFirst("^(https?://|dns:/+|passthrough:/+)", "")
                    .replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new ComponentFailure("endpoint: " + e.getMessage(), e);
        }
        TlsContexts contexts = cleartext ? null : tls.forHttp2();
        String written = settings.optionalString("authority").orElse("");
        String authority = written.isEmpty() ? address.toString() : written;
        return new GrpcTarget(address, contexts, tls.serverName().orElseGet(() -> host(authority)), authority);
    }

    private static String host(String authority) {
        String host = authority.replaceFirst(":\\d+$", "");
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
