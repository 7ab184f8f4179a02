package io.lightvessel.render;

import static io.lightvessel.render.AgentDialect.escaped;
import static io.lightvessel.render.AgentDialect.ordered;

import io.lightvessel.stack.Clustering;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.ProfilePulling;
import io.lightvessel.stack.Scraping;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.StaticJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes what a gateway fetches by itself, in the agents' dialect: receivers that pull, and how replicas share them. */
final class FetchDialect {
    static final String PROMETHEUS = "prometheus";
    static final String PPROF = "pprof";
    static final String CLUSTER = "cluster";

    /** Pyroscope's names for types in annotations, and the receiver's. */
    private static final Map<String, String> ANNOTATED = new TreeMap<>(Map.of(
            "cpu", "process_cpu", "memory", "memory", "goroutine", "goroutine", "block", "block", "mutex", "mutex"));

    private final Gateway gateway;
    private final boolean shared;

    /** @param shared whether replicas share the targets */
    FetchDialect(Gateway gateway, boolean shared) {
        this.gateway = gateway;
        this.shared = shared;
    }

    static boolean scrapes(StackSpec spec) {
        return spec.gateway().scraping().hasTargets() && spec.backends().metrics() != null;
    }

    static boolean pulls(StackSpec spec) {
        return spec.gateway().profiles().hasTargets() && spec.backends().profiles() != null;
    }

    /** Whether gateways have anything to agree about. */
    static boolean isShared(StackSpec spec) {
        return spec.gateway().clustering().enabled() && (scrapes(spec) || pulls(spec));
    }

    /** The settings of the prometheus receiver. */
    Map<String, Object> prometheus() {
        Scraping scraping = gateway.scraping();
        Map<String, Object> config = ordered("global", ordered("scrape_interval", scraping.interval()));
        if (!scraping.jobs().isEmpty()) {
            List<Object> jobs = new ArrayList<>();
            for (StaticJob job : scraping.jobs()) {
                Map<String, Object> settings = job(job, null);
                String path = job.path();
                if (path != null) {
                    settings.put("metrics_path", escaped(path));
                }
                jobs.add(settings);
            }
            config.put("scrape_configs", jobs);
        }
        Map<String, Object> settings = ordered("config", config);
        if (scraping.needsKubernetes()) {
            settings.put("kubernetes", kubernetes(scraping));
        }
        shared(settings);
        return settings;
    }

    private static Map<String, Object> kubernetes(Scraping scraping) {
        Map<String, Object> sources = ordered();
        if (scraping.serviceMonitors()) {
            sources.put("service_monitors", ordered("enabled", true));
        }
        if (scraping.podMonitors()) {
            sources.put("pod_monitors", ordered("enabled", true));
        }
        if (scraping.annotations().enabled()) {
            sources.put(
                    "annotations",
                    ordered(
                            "enabled",
                            true,
                            "annotation_prefix",
                            scraping.annotations().prefix()));
        }
        if (scraping.kubelets()) {
            sources.put("nodes", ordered("enabled", true));
        }
        if (!scraping.presets().isEmpty()) {
            Map<String, Object> presets = ordered();
            for (Scraping.Preset preset : scraping.presets()) {
                presets.put(preset.name().toLowerCase(Locale.ROOT), ordered("enabled", true));
            }
            sources.put("presets", presets);
        }
        return sources;
    }

    /** The settings of the pprof receiver. */
    Map<String, Object> pprof() {
        ProfilePulling profiles = gateway.profiles();
        List<Object> jobs = new ArrayList<>();
        for (StaticJob job : profiles.jobs()) {
            Map<String, Object> settings = job(job, profiles.interval());
            String path = job.path();
            if (path != null) {
                settings.put("profiling_config", ordered("path_prefix", escaped(path)));
            }
            jobs.add(settings);
        }
        if (profiles.annotations()) {
            ANNOTATED.forEach((type, profile) -> jobs.add(annotated(type, profile, profiles.interval())));
        }
        Map<String, Object> settings = ordered("scrape_configs", jobs);
        shared(settings);
        return settings;
    }

    /** A job for one type of profile, as each has annotations of its own; pods declare the port they name there. */
    private static Map<String, Object> annotated(String type, String profile, String interval) {
        String annotation = "__meta_kubernetes_pod_annotation_profiles_grafana_com_" + type + "_";
        Map<String, Object> only = ordered();
        for (String other : List.of("memory", "block", "goroutine", "mutex", "process_cpu")) {
            only.put("profile." + other, ordered("enabled", other.equals(profile)));
        }
        return ordered(
                "job_name",
                "pods/" + type,
                "scrape_interval",
                interval,
                "profiling_config",
                only,
                "kubernetes_sd_configs",
                List.of(ordered("role", "pod")),
                "relabel_configs",
                List.of(
                        ordered(
                                "source_labels", List.of(annotation + "scrape"),
                                "regex", "true",
                                "action", "keep"),
                        ordered(
                                "source_labels", List.of("__meta_kubernetes_pod_phase"),
                                "regex", "Pending|Succeeded|Failed",
                                "action", "drop"),
                        ordered(
                                "source_labels", List.of(annotation + "port"),
                                "target_label", "__meta_kubernetes_pod_container_port_number",
                                "action", "keepequal"),
                        copied("__meta_kubernetes_namespace", "namespace"),
                        copied("__meta_kubernetes_pod_name", "pod"),
                        copied("__meta_kubernetes_pod_container_name", "container")));
    }

    private static Map<String, Object> copied(String from, String to) {
        return ordered("source_labels", List.of(from), "target_label", to);
    }

    private static Map<String, Object> job(StaticJob job, @Nullable String interval) {
        Map<String, Object> settings = ordered("job_name", escaped(job.name()));
        if (interval != null) {
            settings.put("scrape_interval", interval);
        }
        if (job.tls()) {
            settings.put("scheme", "https");
        }
        settings.put(
                "static_configs",
                List.of(ordered(
                        "targets",
                        job.targets().stream().map(AgentDialect::escaped).toList())));
        return settings;
    }

    private void shared(Map<String, Object> settings) {
        if (shared) {
            settings.put("clustering", CLUSTER);
        }
    }

    /** The settings of the extension through which replicas agree. */
    Map<String, Object> cluster() {
        Clustering clustering = gateway.clustering();
        Map<String, Object> settings = ordered(
                "endpoint",
                "${env:LIGHTVESSEL_CLUSTER_ENDPOINT:-%s:%d}"
                        .formatted(clustering.onOneMachine() ? "127.0.0.1" : "0.0.0.0", clustering.port()),
                "cluster_name",
                gateway.namespace() + "/" + gateway.serviceName());
        if (clustering.peers().isEmpty()) {
            settings.put(
                    "discovery",
                    ordered(
                            "kubernetes",
                            ordered(
                                    "service",
                                    KubernetesManifests.clusterService(gateway) + "." + gateway.namespace(),
                                    "port",
                                    clustering.port())));
            settings.put(
                    "arbiter", ordered("kubernetes", ordered("lease", KubernetesManifests.clusterService(gateway))));
        } else {
            settings.put(
                    "discovery",
                    ordered(
                            "static",
                            clustering.peers().stream()
                                    .map(AgentDialect::escaped)
                                    .toList()));
        }
        if (clustering.onOneMachine()) {
            settings.put(
                    "arbiter",
                    ordered(
                            "file",
                            ordered("directory", "${env:LIGHTVESSEL_CLUSTER_ARBITER:-/var/lib/lightvessel/cluster}")));
        } else {
            settings.put("secret", "${env:LIGHTVESSEL_CLUSTER_SECRET}");
        }
        return settings;
    }
}
