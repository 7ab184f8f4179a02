package io.lightvessel.gateway.prometheus;

import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.ClientTls;
import io.lightvessel.gateway.net.Endpoints;
import io.lightvessel.gateway.net.HttpSender;
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
                    ClientTls.of(settings).forHttp1(),
                    Endpoints.headers(settings, RESERVED),
                    settings.duration("timeout"));
            return Prepared.ready(new RemoteWriteExporter(
                    sender,
                    url,
                    Endpoints.shown(url),
                    context.userAgent(),
                    new WriteRequests(options(settings), (int) settings.integer("max_batch_size_bytes")),
                    context.timer(),
                    new UnconvertibleCounters(context.metrics())));
        } catch (ComponentFailure e) {
            throw new ComponentFailure("exporter " + context.id() + ": " + e.getMessage(), e);
        }
    }

    private static PrwOptions options(Settings settings) {
        return new PrwOptions(
                settings.has("external_labels") ? settings.stringMap("external_labels") : Map.of(),
                settings.string("namespace"),
                settings.section("resource_to_telemetry_conversion").flag("enabled"),
                settings.section("target_info").flag("enabled"),
                settings.flag("add_metric_suffixes"));
    }
}
