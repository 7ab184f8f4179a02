package io.lightvessel.gateway.loki;

import io.lightvessel.config.Settings;
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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@code loki} exporters. */
public final class LokiExporterFactory implements ExporterFactory {
    private static final Set<String> RESERVED =
            Set.of("Content-Type", "Content-Encoding", "Content-Length", "User-Agent");

    private final Transport transport;
    private final ConnectionRules rules;

    public LokiExporterFactory(Transport transport) {
        this(transport, ConnectionRules.DEFAULT);
    }

    public LokiExporterFactory(Transport transport, ConnectionRules rules) {
        this.transport = transport;
        this.rules = rules;
    }

    @Override
    public String type() {
        return "loki";
    }

    @Override
    public Prepared<Exporter> prepare(ExporterContext context, Settings settings, @Nullable Exporter previous)
            throws ComponentFailure {
        try {
            URI url = Endpoints.http("endpoint", settings.string("endpoint"));
            HttpSender sender = new HttpSender(
                    transport,
                    ClientTls.of(settings).forHttp1(),
                    rules.with(settings),
                    Endpoints.headers(settings, RESERVED),
                    settings.duration("timeout"),
                    Endpoints.authenticator(context, settings));
            return Prepared.ready(new LokiExporter(
                    sender,
                    url,
                    Endpoints.shown(url),
                    context.userAgent(),
                    new PushRequests(options(settings), (int) settings.integer("max_batch_size_bytes")),
                    context.timer(),
                    new LokiCounters(context.metrics())));
        } catch (ComponentFailure e) {
            throw new ComponentFailure("exporter " + context.id() + ": " + e.getMessage(), e);
        }
    }

    private static LokiOptions options(Settings settings) {
        Settings defaults = settings.section("default_labels_enabled");
        Settings labels = settings.section("labels");
        boolean structured = settings.flag("structured_metadata");
        return new LokiOptions(
                defaults.flag("exporter"),
                defaults.flag("job"),
                defaults.flag("instance"),
                defaults.flag("level"),
                LokiOptions.keys(labels.has("resource") ? labels.strings("resource") : List.of()),
                LokiOptions.keys(labels.has("attributes") ? labels.strings("attributes") : List.of()),
                structured,
                settings.optionalString("format")
                        .flatMap(LineFormat::of)
                        .orElse(structured ? LineFormat.RAW : LineFormat.JSON),
                (int) settings.integer("max_labels"),
                (int) settings.integer("max_line_size"),
                settings.flag("truncate_long_lines"));
    }
}
