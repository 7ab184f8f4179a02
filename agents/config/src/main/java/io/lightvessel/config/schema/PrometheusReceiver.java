package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.Set;

/** The keys of the prometheus receiver. */
final class PrometheusReceiver {

    private static final ObjectSchema CONFIG = keys(
            section("global", ScrapeKeys.GLOBAL, "What holds for all jobs that do not say otherwise."),
            sections("scrape_configs", ScrapeKeys.JOB, "Jobs: where targets come from and how they are scraped."),
            refused("rule_files", "the agent evaluates no rules."),
            refused("alerting", "the agent raises no alerts."),
            refused("remote_write", "a prometheusremotewrite exporter does that."),
            refused("remote_read", "the agent answers no queries."),
            refused("storage", "the agent stores no series."),
            refused("tracing", "the agent does not trace itself."),
            refused("otlp", "an otlp receiver takes OTLP."),
            refused("scrape_config_files", "a config is one text, so that what runs can be shown and signed."));

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "prometheus",
            Stability.BETA,
            Set.of(Signal.METRICS),
            "Finds targets and scrapes them, shared between replicas so that each target has one owner.",
            keys(
                    section("config", CONFIG, "Prometheus' own config."),
                    extension(
                            "clustering",
                            ExtensionCapability.CLUSTERING,
                            "The extension that shares targets between replicas; without, this agent scrapes all of them."),
                    text(
                            "offset_seed",
                            "",
                            "Moves the moment within the interval at which targets are scraped; the same on all replicas."),
                    optionalSection(
                            "kubernetes", KubernetesKeys.KEYS, "Jobs that are made from what is in the cluster.")),
            PrometheusRules::check);

    private PrometheusReceiver() {}
}
