package io.lightvessel.render.alloy;

import io.lightvessel.config.GoDuration;
import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.FetchJob;
import io.lightvessel.render.pipeline.MetricTargets;
import io.lightvessel.render.pipeline.RelabelRule;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.pipeline.StockJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what fetches: discovery, relabelling, scraping of metrics and of profiles. */
final class Fetching {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PROFILE = Duration.ofSeconds(3);
    private static final List<String> PROFILES = List.of("memory", "block", "goroutine", "mutex", "process_cpu");

    private final AlloyFile file;
    private final boolean shared;

    Fetching(AlloyFile file, boolean shared) {
        this.file = file;
        this.shared = shared;
    }

    void scrape(Source.Scrape scrape, List<String> receivers) {
        for (MetricTargets targets : scrape.targets()) {
            if (targets instanceof MetricTargets.Monitors monitors) {
                monitors(monitors, scrape.interval(), receivers);
            }
            StockJobs.of(targets).forEach(job -> metrics(job, scrape.interval(), receivers));
        }
    }

    private void monitors(MetricTargets.Monitors monitors, String interval, List<String> receivers) {
        String component = switch (monitors.kind()) {
            case SERVICE_MONITORS -> "prometheus.operator.servicemonitors";
            case POD_MONITORS -> "prometheus.operator.podmonitors";
        };
        file.component(component, "default", block -> {
            block.refer("forward_to", receivers);
            block.block("scrape", scrape -> {
                scrape.verbatim("default_scrape_interval", interval);
                if (isShorterThanTimeout(interval)) {
                    scrape.verbatim("default_scrape_timeout", interval);
                }
            });
            clustering(block);
        });
    }

    private void metrics(FetchJob job, String interval, List<String> receivers) {
        String label = file.free("prometheus.scrape", job.name());
        RiverValue targets = targets(job, label, "");
        file.component("prometheus.scrape", label, block -> {
            block.set("targets", targets);
            block.refer("forward_to", receivers);
            block.text("job_name", job.name());
            block.verbatim("scrape_interval", interval);
            if (isShorterThanTimeout(interval)) {
                // Alloy refuses a timeout beyond the interval; Prometheus would lower it by itself.
                block.verbatim("scrape_timeout", interval);
            }
            if (job.tls()) {
                block.verbatim("scheme", "https");
            }
            if (job.urlPath() != null) {
                block.text("metrics_path", job.urlPath());
            }
            job.traits().forEach(trait -> trait(block, trait));
            clustering(block);
        });
    }

    private static void trait(RiverBlock block, FetchJob.Trait trait) {
        switch (trait) {
            case FetchJob.Trait.HonorLabels _ -> block.flag("honor_labels", true);
            case FetchJob.Trait.IgnoreTimestamps _ -> block.flag("honor_timestamps", false);
            case FetchJob.Trait.ServiceAccountToken _ -> {
                block.verbatim("bearer_token_file", FetchJob.SERVICE_ACCOUNT + "token");
                block.block("tls_config", tls -> tls.verbatim("ca_file", FetchJob.SERVICE_ACCOUNT + "ca.crt"));
            }
            case FetchJob.Trait.OnlyProfile _ -> {
                // Said by the block profiling_config.
            }
        }
    }

    void pull(Source.ProfilePull pull, List<String> receivers) {
        Duration interval = GoDuration.parse(pull.interval()).orElse(SHORTEST_PROFILE);
        if (interval.compareTo(SHORTEST_PROFILE) < 0) {
            file.say(RenderFinding.differs(
                    pull.path() + ".interval",
                    "%s; Alloy needs more than a second for a CPU profile and one more before the next, so it pulls every 3s"
                            .formatted(pull.interval()),
                    "3s or longer"));
        }
        for (FetchJob job : pull.jobs()) {
            profiles(job, interval.compareTo(SHORTEST_PROFILE) < 0 ? SHORTEST_PROFILE : interval, receivers);
        }
    }

    private void profiles(FetchJob job, Duration interval, List<String> receivers) {
        String label = file.free("pyroscope.scrape", job.name());
        RiverValue targets = targets(job, label, "profiles_");
        file.component("pyroscope.scrape", label, block -> {
            block.set("targets", targets);
            block.refer("forward_to", receivers);
            block.text("job_name", job.name());
            block.verbatim("scrape_interval", GoDuration.format(interval));
            block.verbatim("delta_profiling_duration", GoDuration.format(interval.minusSeconds(1)));
            if (job.tls()) {
                block.verbatim("scheme", "https");
            }
            profiling(block, job);
            clustering(block);
        });
    }

    private static void profiling(RiverBlock block, FetchJob job) {
        String only = null;
        for (FetchJob.Trait trait : job.traits()) {
            if (trait instanceof FetchJob.Trait.OnlyProfile(String type)) {
                only = type;
            }
        }
        if (only == null && job.urlPath() == null) {
            return;
        }
        String type = only;
        block.block("profiling_config", profiling -> {
            if (job.urlPath() != null) {
                profiling.text("path_prefix", job.urlPath());
            }
            if (type != null) {
                PROFILES.forEach(profile ->
                        profiling.block("profile." + profile, one -> one.flag("enabled", profile.equals(type))));
            }
        });
    }

    private void clustering(RiverBlock block) {
        if (shared) {
            block.block("clustering", clustering -> clustering.flag("enabled", true));
        }
    }

    private RiverValue targets(FetchJob job, String label, String prefix) {
        return switch (job.discovery()) {
            case FetchJob.Discovery.Fixed fixed -> {
                List<RiverValue> targets = new ArrayList<>();
                fixed.addresses()
                        .forEach(address -> targets.add(
                                new RiverValue.Entries(Map.of("__address__", new RiverValue.Text(address)))));
                yield new RiverValue.Items(targets);
            }
            case FetchJob.Discovery.Kubernetes kubernetes ->
                new RiverValue.Expression(relabel(
                        prefix + label,
                        file.component(
                                        "discovery.kubernetes",
                                        kubernetes.role(),
                                        block -> block.verbatim("role", kubernetes.role()))
                                + ".targets",
                        job.rules()));
        };
    }

    /** The pods of the node Alloy runs on, which it must know by name. */
    String podsOfNode(String path) {
        file.say(RenderFinding.needs(
                path,
                "Alloy asks the API server for the pods of its node, which it must know by name",
                "set NODE_NAME from the field spec.nodeName, and let its service account list and watch pods"));
        return file.component("discovery.kubernetes", "node_pods", block -> {
                    block.verbatim("role", "pod");
                    block.block("selectors", selectors -> {
                        selectors.verbatim("role", "pod");
                        selectors.text("field", "spec.nodeName=${env:NODE_NAME}");
                    });
                })
                + ".targets";
    }

    String relabel(String label, String targets, List<RelabelRule> rules) {
        return file.component("discovery.relabel", label, block -> {
                    block.set("targets", new RiverValue.Expression(targets));
                    rules.forEach(rule -> block.block("rule", inner -> rule(inner, rule)));
                })
                + ".output";
    }

    private static void rule(RiverBlock block, RelabelRule rule) {
        if (!rule.sources().isEmpty()) {
            block.set("source_labels", RiverValue.Items.verbatim(rule.sources()));
        }
        put(block, "regex", rule.regex());
        put(block, "target_label", rule.target());
        put(block, "replacement", rule.replacement());
        put(block, "action", rule.action());
    }

    private static void put(RiverBlock block, String key, @Nullable String value) {
        if (value != null) {
            block.verbatim(key, value);
        }
    }

    private static boolean isShorterThanTimeout(String interval) {
        return GoDuration.parse(interval).orElse(DEFAULT_TIMEOUT).compareTo(DEFAULT_TIMEOUT) < 0;
    }
}
