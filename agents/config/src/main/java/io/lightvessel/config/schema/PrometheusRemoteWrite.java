package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.Set;

/** The keys of the prometheusremotewrite exporter. */
final class PrometheusRemoteWrite {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "prometheusremotewrite",
            Stability.BETA,
            Set.of(Signal.METRICS),
            "Sends metrics as series to Prometheus, Mimir and their kin.",
            keys(
                    required(url(
                            "endpoint", "URL of the remote-write receiver, such as http://mimir:9009/api/v1/push.")),
                    section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                    SharedKeys.HEADERS,
                    SharedKeys.CLIENT_AUTH,
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
                    SharedKeys.RETRY_ON_FAILURE),
            ExporterRules::check);

    private PrometheusRemoteWrite() {}
}
