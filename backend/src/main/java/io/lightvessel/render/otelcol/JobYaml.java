package io.lightvessel.render.otelcol;

import static io.lightvessel.render.text.Placeholders.escaped;

import io.lightvessel.render.pipeline.FetchJob;
import io.lightvessel.render.pipeline.RelabelRule;
import io.lightvessel.render.text.Placeholders;
import io.lightvessel.render.text.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes jobs with Prometheus' keys, dollar signs doubled as Collectors want them. */
final class JobYaml {
    private static final List<String> PROFILES = List.of("memory", "block", "goroutine", "mutex", "process_cpu");

    private JobYaml() {}

    /** A job of the prometheus receiver. */
    static Map<String, Object> metrics(FetchJob job) {
        Map<String, Object> settings = Tree.of("job_name", escaped(job.name()));
        target(settings, job);
        if (job.urlPath() != null) {
            settings.put("metrics_path", escaped(job.urlPath()));
        }
        for (FetchJob.Trait trait : job.traits()) {
            switch (trait) {
                case FetchJob.Trait.HonorLabels _ -> settings.put("honor_labels", true);
                case FetchJob.Trait.IgnoreTimestamps _ -> settings.put("honor_timestamps", false);
                case FetchJob.Trait.ServiceAccountToken _ -> {
                    settings.put(
                            "authorization",
                            Tree.of("type", "Bearer", "credentials_file", FetchJob.SERVICE_ACCOUNT + "token"));
                    settings.put("tls_config", Tree.of("ca_file", FetchJob.SERVICE_ACCOUNT + "ca.crt"));
                }
                case FetchJob.Trait.OnlyProfile only -> throw notHere(job, only);
            }
        }
        rules(settings, job);
        return settings;
    }

    /** A job of the agents' pprof receiver. */
    static Map<String, Object> profiles(FetchJob job, String interval) {
        Map<String, Object> settings = Tree.of("job_name", escaped(job.name()), "scrape_interval", interval);
        Map<String, Object> profiling = new LinkedHashMap<>();
        if (job.urlPath() != null) {
            profiling.put("path_prefix", escaped(job.urlPath()));
        }
        for (FetchJob.Trait trait : job.traits()) {
            if (!(trait instanceof FetchJob.Trait.OnlyProfile(String type))) {
                throw notHere(job, trait);
            }
            PROFILES.forEach(other -> profiling.put("profile." + other, Tree.of("enabled", other.equals(type))));
        }
        if (job.discovery() instanceof FetchJob.Discovery.Fixed) {
            target(settings, job);
            putIfAny(settings, "profiling_config", profiling);
        } else {
            putIfAny(settings, "profiling_config", profiling);
            target(settings, job);
        }
        rules(settings, job);
        return settings;
    }

    private static void target(Map<String, Object> settings, FetchJob job) {
        if (job.tls()) {
            settings.put("scheme", "https");
        }
        switch (job.discovery()) {
            case FetchJob.Discovery.Fixed fixed ->
                settings.put(
                        "static_configs",
                        List.of(Tree.of(
                                "targets",
                                fixed.addresses().stream()
                                        .map(Placeholders::escaped)
                                        .toList())));
            case FetchJob.Discovery.Kubernetes kubernetes ->
                settings.put("kubernetes_sd_configs", List.of(Tree.of("role", kubernetes.role())));
        }
    }

    private static void rules(Map<String, Object> settings, FetchJob job) {
        if (!job.rules().isEmpty()) {
            List<Object> rules = new ArrayList<>();
            job.rules().forEach(rule -> rules.add(rule(rule)));
            settings.put("relabel_configs", rules);
        }
    }

    private static Map<String, Object> rule(RelabelRule rule) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (!rule.sources().isEmpty()) {
            settings.put("source_labels", rule.sources());
        }
        put(settings, "regex", rule.regex());
        put(settings, "target_label", rule.target());
        put(settings, "replacement", rule.replacement());
        put(settings, "action", rule.action());
        return settings;
    }

    private static void put(Map<String, Object> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, escaped(value));
        }
    }

    private static void putIfAny(Map<String, Object> settings, String key, Map<String, Object> value) {
        if (!value.isEmpty()) {
            settings.put(key, value);
        }
    }

    private static IllegalArgumentException notHere(FetchJob job, FetchJob.Trait trait) {
        return new IllegalArgumentException("job %s: %s (expected: traits of its kind)".formatted(job.name(), trait));
    }
}
