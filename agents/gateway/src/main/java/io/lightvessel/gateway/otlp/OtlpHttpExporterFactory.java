package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
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
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@code otlphttp} exporters. */
public final class OtlpHttpExporterFactory implements ExporterFactory {
    private static final Set<String> RESERVED = Set.of("Content-Type", "Content-Encoding", "Content-Length");

    private final Transport transport;
    private final ConnectionRules rules;

    public OtlpHttpExporterFactory(Transport transport) {
        this(transport, ConnectionRules.DEFAULT);
    }

    public OtlpHttpExporterFactory(Transport transport, ConnectionRules rules) {
        this.transport = transport;
        this.rules = rules;
    }

    @Override
    public String type() {
        return "otlphttp";
    }

    @Override
    public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous)
            throws ComponentFailure {
        String id = "exporter " + context.id();
        try {
            Map<Signal, URI> urls = urls(settings);
            if (urls.isEmpty()) {
                throw new ComponentFailure("endpoint is missing (expected: endpoint, or one for each signal)");
            }
            Map<String, String> headers = Endpoints.headers(settings, RESERVED);
            HttpSender sender = new HttpSender(
                    transport,
                    ClientTls.of(settings).forHttp1(),
                    rules.with(settings),
                    headers,
                    settings.duration("timeout"),
                    Endpoints.authenticator(context, settings));
            return Prepared.ready(new OtlpHttpExporter(
                    id,
                    sender,
                    urls,
                    Endpoints.shown(endpoint(settings, urls)),
                    BodyEncoding.of(settings.string("compression")),
                    context.userAgent(),
                    context.timer()));
        } catch (ComponentFailure e) {
            throw new ComponentFailure(id + ": " + e.getMessage(), e);
        }
    }

    private static URI endpoint(Settings settings, Map<Signal, URI> urls) {
        return settings.optionalString("endpoint")
                .filter(text -> !text.isEmpty())
                .map(URI::create)
                .orElseGet(() -> urls.values().iterator().next());
    }

    private static Map<Signal, URI> urls(Settings settings) throws ComponentFailure {
        Map<Signal, URI> urls = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            String key = signal.label() + "_endpoint";
            Optional<String> own = settings.optionalString(key).filter(text -> !text.isEmpty());
            Optional<String> base = settings.optionalString("endpoint").filter(text -> !text.isEmpty());
            if (own.isPresent()) {
                urls.put(signal, Endpoints.http(key, own.get()));
            } else if (base.isPresent()) {
                String trimmed = base.get().replaceAll("/+$", "");
                urls.put(signal, Endpoints.http("endpoint", trimmed + path(signal)));
            }
        }
        return urls;
    }

    private static String path(Signal signal) {
        return switch (signal) {
            case TRACES -> "/v1/traces";
            case METRICS -> "/v1/metrics";
            case LOGS -> "/v1/logs";
            case PROFILES -> "/v1development/profiles";
        };
    }
}
