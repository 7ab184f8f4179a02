package io.lightvessel.gateway.scrape.config;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.discovery.DiscoveryConfig;
import io.lightvessel.gateway.httpclient.HttpClientConfig;
import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.RelabelRule;
import io.lightvessel.gateway.targets.TargetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes records of jobs' settings; what a job does not say is what {@code global} says. */
final class JobReader {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<ScrapeProtocol> TEXT = List.of(
            ScrapeProtocol.OPEN_METRICS_1_0_0,
            ScrapeProtocol.OPEN_METRICS_0_0_1,
            ScrapeProtocol.PROMETHEUS_TEXT_1_0_0,
            ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);
    private static final List<ScrapeProtocol> ALL = List.of(ScrapeProtocol.values());

    private final ComponentId id;
    private final Settings global;

    JobReader(ComponentId id, Settings global) {
        this.id = id;
        this.global = global;
    }

    ScrapeConfig read(Settings job) {
        return new ScrapeConfig(
                targets(
                        job,
                        job.string("job_name"),
                        job.string("scheme"),
                        job.string("metrics_path"),
                        job.stringListMap("params"),
                        RelabelRule.listOf(job, "relabel_configs")),
                DiscoveryConfig.listOf(job),
                HttpClientConfig.of(job),
                job.flag("enable_compression"),
                protocols(job),
                job.optionalString("fallback_scrape_protocol").map(ScrapeProtocol::of),
                escaping(job),
                job.flag("honor_labels"),
                job.flag("honor_timestamps"),
                job.flag("track_timestamps_staleness"),
                histograms(job),
                limits(
                        job,
                        job.integer("native_histogram_bucket_limit"),
                        job.decimal("native_histogram_min_bucket_factor")),
                RelabelRule.listOf(job, "metric_relabel_configs"),
                from("extra_scrape_metrics", job).flag("extra_scrape_metrics"));
    }

    /** A job without a name that says nothing. */
    ScrapeConfig defaults() {
        return new ScrapeConfig(
                targets(global, "", "http", "/metrics", Map.of(), List.of()),
                List.of(),
                HttpClientConfig.DEFAULT,
                true,
                protocols(global),
                Optional.empty(),
                escaping(global),
                false,
                true,
                false,
                histograms(global),
                limits(global, 0, 0),
                List.of(),
                global.flag("extra_scrape_metrics"));
    }

    private TargetOptions targets(
            Settings job,
            String name,
            String scheme,
            String path,
            Map<String, List<String>> params,
            List<RelabelRule> relabelling) {
        Duration interval = from("scrape_interval", job).duration("scrape_interval");
        return new TargetOptions(
                id + "/" + name,
                name,
                scheme,
                path,
                params,
                interval,
                timeout(job, interval),
                relabelling,
                names(job),
                limit("target_limit", job),
                limit("keep_dropped_targets", job));
    }

    private Duration timeout(Settings job, Duration interval) {
        if (job.has("scrape_timeout")) {
            return job.duration("scrape_timeout");
        }
        Duration timeout = global.has("scrape_timeout") ? global.duration("scrape_timeout") : TIMEOUT;
        return timeout.compareTo(interval) > 0 ? interval : timeout;
    }

    private NameScheme names(Settings job) {
        Settings from = from("metric_name_validation_scheme", job);
        boolean legacy = from.optionalString("metric_name_validation_scheme")
                .filter("legacy"::equals)
                .isPresent();
        return legacy ? NameScheme.LEGACY : NameScheme.UTF8;
    }

    private EscapingScheme escaping(Settings job) {
        return from("metric_name_escaping_scheme", job)
                .optionalString("metric_name_escaping_scheme")
                .map(EscapingScheme::of)
                .orElse(names(job) == NameScheme.LEGACY ? EscapingScheme.UNDERSCORES : EscapingScheme.ALLOW_UTF_8);
    }

    private List<ScrapeProtocol> protocols(Settings job) {
        List<String> written = job.strings("scrape_protocols");
        if (written.isEmpty()) {
            written = global.strings("scrape_protocols");
        }
        if (!written.isEmpty()) {
            return written.stream().map(ScrapeProtocol::of).toList();
        }
        return histograms(job).scrapeNative() ? ALL : TEXT;
    }

    private HistogramOptions histograms(Settings job) {
        return new HistogramOptions(
                from("scrape_native_histograms", job).flag("scrape_native_histograms"),
                from("always_scrape_classic_histograms", job).flag("always_scrape_classic_histograms"),
                from("convert_classic_histograms_to_nhcb", job).flag("convert_classic_histograms_to_nhcb"));
    }

    private ScrapeLimits limits(Settings job, long buckets, double minBucketFactor) {
        return new ScrapeLimits(
                limit("body_size_limit", job),
                limit("sample_limit", job),
                limit("label_limit", job),
                limit("label_name_length_limit", job),
                limit("label_value_length_limit", job),
                buckets,
                minBucketFactor);
    }

    private long limit(String key, Settings job) {
        long own = job.has(key) ? job.integer(key) : 0;
        return own == 0 ? global.integer(key) : own;
    }

    private Settings from(String key, Settings job) {
        return job.has(key) ? job : global;
    }
}
