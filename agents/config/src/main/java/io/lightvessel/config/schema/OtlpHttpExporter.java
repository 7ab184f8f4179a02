package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.EnumSet;
import java.util.List;

/** The keys of the otlphttp exporter. */
final class OtlpHttpExporter {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "otlphttp",
            Stability.STABLE,
            EnumSet.allOf(Signal.class),
            "Sends OTLP as protobuf over HTTP.",
            joined(
                    keys(
                            url("endpoint", "Base URL; /v1/traces and so on are appended."),
                            url("traces_endpoint", "Whole URL for traces, instead of endpoint."),
                            url("metrics_endpoint", "Whole URL for metrics, instead of endpoint."),
                            url("logs_endpoint", "Whole URL for logs, instead of endpoint."),
                            url("profiles_endpoint", "Whole URL for profiles, instead of endpoint."),
                            section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                            SharedKeys.HEADERS,
                            SharedKeys.CLIENT_AUTH,
                            choice(
                                    "encoding",
                                    List.of("proto"),
                                    "proto",
                                    "How requests are written; every OTLP receiver takes protobuf, so JSON is not sent."),
                            choice(
                                    "compression",
                                    List.of("gzip", "zstd", "zlib", "deflate", "none"),
                                    "gzip",
                                    "How requests are compressed."),
                            SharedKeys.timeout("30s"),
                            SharedKeys.SENDING_QUEUE,
                            SharedKeys.RETRY_ON_FAILURE),
                    SharedKeys.HTTP_CLIENT),
            OtlpHttpExporter::check);

    private OtlpHttpExporter() {}

    private static void check(Settings settings, RuleReport report) {
        ExporterRules.check(settings, report);
        boolean any = settings.has("endpoint")
                || settings.has("traces_endpoint")
                || settings.has("metrics_endpoint")
                || settings.has("logs_endpoint")
                || settings.has("profiles_endpoint");
        if (!any) {
            report.error(
                    "endpoint",
                    "missing (expected: an http:// or https:// URL, here or in traces_endpoint and the like)");
        }
    }
}
