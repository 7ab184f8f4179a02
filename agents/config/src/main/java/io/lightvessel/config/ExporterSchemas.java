package io.lightvessel.config;

import static io.lightvessel.config.Keys.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The exporters this version knows. */
final class ExporterSchemas {

    private static final ComponentSchema OTLP = new ComponentSchema(
            ComponentKind.EXPORTER,
            "otlp",
            EnumSet.allOf(Signal.class),
            "Sends OTLP over gRPC.",
            keys(
                    required(key(
                            "endpoint", new ValueType.GrpcTarget(), null, "Where to send; http:// means without TLS.")),
                    section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                    SharedKeys.HEADERS,
                    SharedKeys.COMPRESSION,
                    SharedKeys.timeout("5s"),
                    SharedKeys.SENDING_QUEUE,
                    SharedKeys.RETRY_ON_FAILURE));

    private static final ComponentSchema OTLPHTTP = new ComponentSchema(
            ComponentKind.EXPORTER,
            "otlphttp",
            EnumSet.allOf(Signal.class),
            "Sends OTLP as protobuf over HTTP.",
            keys(
                    url("endpoint", "Base URL; /v1/traces and so on are appended."),
                    url("traces_endpoint", "Whole URL for traces, instead of endpoint."),
                    url("metrics_endpoint", "Whole URL for metrics, instead of endpoint."),
                    url("logs_endpoint", "Whole URL for logs, instead of endpoint."),
                    url("profiles_endpoint", "Whole URL for profiles, instead of endpoint."),
                    section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                    SharedKeys.HEADERS,
                    SharedKeys.COMPRESSION,
                    SharedKeys.timeout("30s"),
                    SharedKeys.SENDING_QUEUE,
                    SharedKeys.RETRY_ON_FAILURE));

    private static final ComponentSchema PROMETHEUS_REMOTE_WRITE = new ComponentSchema(
            ComponentKind.EXPORTER,
            "prometheusremotewrite",
            Set.of(Signal.METRICS),
            "Sends metrics as series to Prometheus, Mimir and their kin.",
            keys(
                    required(url(
                            "endpoint", "URL of the remote-write receiver, such as http://mimir:9009/api/v1/push.")),
                    section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                    SharedKeys.HEADERS,
                    textMap("external_labels", "Labels added to every series."),
                    text("namespace", "", "Prefix of every metric's name."),
                    section(
                            "resource_to_telemetry_conversion",
                            keys(flag("enabled", false, "Turns every resource attribute into a label.")),
                            "What becomes of resource attributes."),
                    section(
                            "target_info",
                            keys(flag("enabled", true, "Sends resource attributes as the series target_info.")),
                            "The series that describes each resource."),
                    flag("add_metric_suffixes", true, "Adds units and _total to names, as Prometheus recommends."),
                    whole(
                            "max_batch_size_bytes",
                            1024,
                            64L << 20,
                            3_000_000,
                            "Largest request before compression; larger ones are split."),
                    SharedKeys.timeout("5s"),
                    section(
                            "remote_write_queue",
                            keys(
                                    flag(
                                            "enabled",
                                            true,
                                            "Queue before sending; without, producers wait for the backend."),
                                    whole("queue_size", 1, 1L << 40, 10_000, "Requests that fit into the queue."),
                                    ineffective(
                                            whole(
                                                    "num_consumers",
                                                    1,
                                                    1000,
                                                    5,
                                                    "requests go out one after another, since Prometheus refuses samples out of order."))),
                            "The queue between pipelines and the backend."),
                    SharedKeys.RETRY_ON_FAILURE));

    private static final ComponentSchema DEBUG = new ComponentSchema(
            ComponentKind.EXPORTER,
            "debug",
            EnumSet.allOf(Signal.class),
            "Writes what it gets to the agent's log.",
            keys(choice("verbosity", List.of("basic", "normal", "detailed"), "basic", "How much to write.")));

    static final List<ComponentSchema> ALL = List.of(DEBUG, OTLP, OTLPHTTP, PROMETHEUS_REMOTE_WRITE);

    private ExporterSchemas() {}
}
