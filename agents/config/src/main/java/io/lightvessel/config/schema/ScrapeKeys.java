package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import io.lightvessel.config.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prometheus' keys of {@code global} and of a scrape config. */
final class ScrapeKeys {

    static final List<String> PROTOCOLS = List.of(
            "PrometheusProto",
            "OpenMetricsText1.0.0",
            "OpenMetricsText0.0.1",
            "PrometheusText1.0.0",
            "PrometheusText0.0.4");

    private static final KeySchema PROTOCOL_LIST = texts(
            "scrape_protocols",
            "Formats to ask for, the best first: " + String.join(", ", PROTOCOLS)
                    + "; PrometheusProto goes first if native histograms are scraped, and is left out otherwise, unless "
                    + "written.");

    static final ObjectSchema GLOBAL = keys(
            shared("1m"),
            textMap("external_labels", "Labels added to every series that does not have them."),
            refused("evaluation_interval", "the agent evaluates no rules."),
            refused("rule_query_offset", "the agent evaluates no rules."),
            refused("query_log_file", "the agent answers no queries."),
            refused("scrape_failure_log_file", "failures are shown with their target."),
            refused("runtime", "Go's garbage collector is not in use."));

    static final ObjectSchema JOB = joined(
            keys(
                    required(text("job_name", "Name of the job, once in a receiver; it becomes the label job.")),
                    text("metrics_path", "/metrics", "The path to ask for."),
                    choice("scheme", List.of("http", "https"), "http", "How to ask."),
                    textListMap("params", "Parameters of the URL."),
                    flag("honor_labels", false, "Labels in the answer win over those of the target."),
                    flag("honor_timestamps", true, "Take timestamps from the answer."),
                    flag(
                            "track_timestamps_staleness",
                            false,
                            "Mark series stale that vanish also when they had timestamps of their own."),
                    flag("enable_compression", true, "Ask for gzip."),
                    key(
                            "fallback_scrape_protocol",
                            new ValueType.Choice(PROTOCOLS),
                            null,
                            "The format of answers whose Content-Type says none that is known; without, they are "
                                    + "refused."),
                    whole(
                            "native_histogram_bucket_limit",
                            0,
                            1_000_000,
                            0,
                            "Most buckets of a native histogram; its resolution is lowered to get there. 0 has no limit."),
                    decimal(
                            "native_histogram_min_bucket_factor",
                            0,
                            1_000_000,
                            "0",
                            "Least growth from one bucket of a native histogram to the next; resolution is lowered to get "
                                    + "there."),
                    refused("scrape_failure_log_file", "failures are shown with their target.")),
            shared(null),
            HttpClientKeys.KEYS,
            keys(
                    sections("relabel_configs", RelabelKeys.KEYS, "What becomes of targets, rule by rule."),
                    sections("metric_relabel_configs", RelabelKeys.KEYS, "What becomes of series, rule by rule.")),
            DiscoveryKeys.KEYS);

    private ScrapeKeys() {}

    /** Keys that jobs take from {@code global} when they do not have them. */
    private static ObjectSchema shared(@Nullable String interval) {
        boolean job = interval == null;
        String global = job ? " As in global unless written." : "";
        return keys(
                promDuration("scrape_interval", "1ms", interval, "How often targets are scraped." + global),
                promDuration(
                        "scrape_timeout",
                        "1ms",
                        null,
                        "Longest time for a scrape; " + (job ? "global's" : "10s")
                                + ", but no more than the interval, unless written."),
                PROTOCOL_LIST,
                limit("sample_limit", "Most samples of a scrape.", job),
                size("body_size_limit", job ? null : "0", "Largest answer after decompression." + unlimited(job)),
                limit("label_limit", "Most labels of a series.", job),
                limit("label_name_length_limit", "Longest name of a label, in bytes.", job),
                limit("label_value_length_limit", "Longest value of a label, in bytes.", job),
                limit("target_limit", "Most targets of a job; with more, none is scraped.", job),
                limit("keep_dropped_targets", "Most dropped targets of a job that are kept for show.", job),
                choice(
                        "metric_name_validation_scheme",
                        List.of("utf8", "legacy"),
                        "Which names are valid; " + (job ? "global's" : "utf8") + " unless written."),
                choice(
                        "metric_name_escaping_scheme",
                        List.of("allow-utf-8", "underscores", "dots", "values"),
                        "How targets are to write names that are not legacy ones; "
                                + (job ? "global's" : "allow-utf-8, or underscores with legacy validation,")
                                + " unless written."),
                inherited("scrape_native_histograms", "Scrape native histograms.", job),
                inherited(
                        "always_scrape_classic_histograms",
                        "Scrape classic histograms also where there is a native one.",
                        job),
                inherited(
                        "convert_classic_histograms_to_nhcb",
                        "Make native histograms with the same buckets of classic ones.",
                        job),
                inherited(
                        "extra_scrape_metrics",
                        "Write scrape_timeout_seconds, scrape_sample_limit and scrape_body_size_bytes.",
                        job));
    }

    private static KeySchema limit(String name, String doc, boolean job) {
        return key(name, new ValueType.Whole(0, Integer.MAX_VALUE), job ? null : "0", doc + unlimited(job));
    }

    private static String unlimited(boolean job) {
        return job ? " Unless written, or with 0, global's." : " 0 has no limit.";
    }

    private static KeySchema inherited(String name, String doc, boolean job) {
        return job ? flag(name, doc + " As in global unless written.") : flag(name, false, doc);
    }
}
