package io.lightvessel.gateway.prometheus;

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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@code prometheusremotewrite} exporters. */
public final class RemoteWriteExporterFactory implements ExporterFactory {
    private static final Set<String> RESERVED = Set.of(
            "Content-Type", "Content-Encoding", "Content-Length", "User-Agent", "X-Prometheus-Remote-Write-Version");
    private static final String V1_MESSAGE = "prometheus.WriteRequest";

    private final Transport transport;
    private final ConnectionRules rules;

    public RemoteWriteExporterFactory(Transport transport) {
        this(transport, ConnectionRules.DEFAULT);
    }

    public RemoteWriteExporterFactory(Transport transport, ConnectionRules rules) {
        this.transport = transport;
        this.rules = rules;
    }

    @Override
    public String type() {
        return "prometheusremotewrite";
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
            Negotiation negotiation =
                    new Negotiation(!settings.string("protobuf_message").equals(V1_MESSAGE), context.timer());
            WriteCounters counters = new WriteCounters(context.metrics());
            return Prepared.ready(new RemoteWriteExporter(
                    "exporter " + context.id(),
                    sender,
                    url,
                    Endpoints.shown(url),
                    context.userAgent(),
                    new WriteRequests(options(settings), (int) settings.integer("max_batch_size_bytes")),
                    new SeriesRequests(options(settings), (int) settings.integer("max_batch_size_bytes")),
                    settings.duration("batch_send_deadline"),
                    parallelism(settings),
                    negotiation,
                    new WriteAnswers(negotiation, settings.flag("retry_on_http_429"), context.timer(), counters),
                    counters,
                    context.timer()));
        } catch (ComponentFailure e) {
            throw new ComponentFailure("exporter " + context.id() + ": " + e.getMessage(), e);
        }
    }

    private static int parallelism(Settings settings) {
        return (int)
                (settings.has("max_batch_request_parallelism")
                        ? settings.integer("max_batch_request_parallelism")
                        : settings.section("remote_write_queue").integer("num_consumers"));
    }

    private static PrwOptions options(Settings settings) {
        Settings resource = settings.section("resource_to_telemetry_conversion");
        return new PrwOptions(
                settings.has("external_labels") ? settings.stringMap("external_labels") : Map.of(),
                settings.string("namespace"),
                resource.flag("enabled"),
                resource.flag("exclude_service_attributes"),
                settings.section("target_info").flag("enabled"),
                !settings.flag("disable_scope_info"),
                settings.optionalString("translation_strategy")
                        .map(Naming::of)
                        .orElseGet(() -> new Naming(true, settings.flag("add_metric_suffixes"))),
                settings.flag("send_metadata"));
    }
}
