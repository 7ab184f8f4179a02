package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import io.lightvessel.config.ValueType;
import java.util.List;
import java.util.Set;

/** The keys of the prometheusremotewrite exporter. */
final class PrometheusRemoteWrite {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "prometheusremotewrite",
            Stability.BETA,
            Set.of(Signal.METRICS),
            "Sends metrics as series to Prometheus, Mimir and their kin.",
            joined(
                    keys(
                            required(url(
                                    "endpoint",
                                    "URL of the remote-write receiver, such as http://mimir:9009/api/v1/push.")),
                            section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                            SharedKeys.HEADERS,
                            SharedKeys.CLIENT_AUTH,
                            choice(
                                    "protobuf_message",
                                    List.of("io.prometheus.write.v2.Request", "prometheus.WriteRequest"),
                                    "io.prometheus.write.v2.Request",
                                    "Remote write 2.0, falling back to 1.0 where a receiver does not know it, or 1.0."),
                            textMap("external_labels", "Labels added to every series."),
                            text("namespace", "", "Prefix of every metric's name."),
                            section(
                                    "resource_to_telemetry_conversion",
                                    keys(
                                            flag("enabled", false, "Turns every resource attribute into a label."),
                                            flag(
                                                    "exclude_service_attributes",
                                                    false,
                                                    "Leaves out those that job and instance are made of.")),
                                    "What becomes of resource attributes."),
                            section(
                                    "target_info",
                                    keys(flag("enabled", true, "Sends resource attributes as the series target_info.")),
                                    "The series that describes each resource."),
                            flag(
                                    "disable_scope_info",
                                    false,
                                    "Leaves out the labels otel_scope_name and otel_scope_version."),
                            flag(
                                    "add_metric_suffixes",
                                    true,
                                    "Adds units and _total to names, as Prometheus recommends."),
                            key(
                                    "translation_strategy",
                                    new ValueType.Choice(List.of(
                                            "UnderscoreEscapingWithSuffixes",
                                            "UnderscoreEscapingWithoutSuffixes",
                                            "NoUTF8EscapingWithSuffixes",
                                            "NoTranslation")),
                                    null,
                                    "How names are made; decides instead of add_metric_suffixes."),
                            flag("send_metadata", false, "Sends type, help and unit with 1.0 too; 2.0 always does."),
                            whole(
                                    "max_batch_size_bytes",
                                    1024,
                                    64L << 20,
                                    3_000_000,
                                    "Largest request before compression; larger ones are split, scrapes of several targets share one."),
                            duration(
                                    "batch_send_deadline",
                                    "0s",
                                    "1s",
                                    "How long a scrape waits for those of other targets to share a request with."),
                            key(
                                    "max_batch_request_parallelism",
                                    new ValueType.Whole(1, 1000),
                                    null,
                                    "Requests of one large payload under way at a time; num_consumers unless written."),
                            flag(
                                    "retry_on_http_429",
                                    true,
                                    "Tries again when the backend answers that this is too much."),
                            SharedKeys.timeout("5s"),
                            section(
                                    "remote_write_queue",
                                    keys(
                                            flag(
                                                    "enabled",
                                                    true,
                                                    "Queue before sending; without, producers wait for the backend."),
                                            whole(
                                                    "queue_size",
                                                    1,
                                                    1L << 40,
                                                    10_000,
                                                    "Requests that fit into the queue."),
                                            whole(
                                                    "num_consumers",
                                                    1,
                                                    1000,
                                                    5,
                                                    "Requests under way at a time; samples of one series stay in order.")),
                                    "The queue between pipelines and the backend."),
                            optionalSection(
                                    "wal",
                                    keys(
                                            required(text(
                                                    "directory",
                                                    "Where it is kept; each exporter has its own directory there.")),
                                            whole(
                                                    "max_size_mib",
                                                    1,
                                                    1L << 24,
                                                    1024,
                                                    "Largest size on disk; what comes when it is full is refused and counted."),
                                            flag(
                                                    "fsync",
                                                    false,
                                                    "Survive a loss of power, not only the end of the process.")),
                                    "A write-ahead log instead of the queue in memory: survives restarts and outages of the backend."),
                            SharedKeys.ALWAYS_SNAPPY,
                            SharedKeys.RETRY_ON_FAILURE),
                    SharedKeys.HTTP_CLIENT),
            ExporterRules::check);

    private PrometheusRemoteWrite() {}
}
