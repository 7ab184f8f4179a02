package io.lightvessel.render.otelcol;

import io.lightvessel.render.pipeline.FetchJob;
import io.lightvessel.render.pipeline.MetricTargets;
import io.lightvessel.render.pipeline.Sharing;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.text.Placeholders;
import io.lightvessel.render.text.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what a gateway fetches by itself, in the agents' dialect: receivers that pull, and how replicas share them. */
final class FetchDialect {
    static final String CLUSTER = "cluster";

    private FetchDialect() {}

    /** The settings of the prometheus receiver. */
    static Map<String, Object> prometheus(Source.Scrape scrape, boolean shared) {
        Map<String, Object> config = Tree.of("global", Tree.of("scrape_interval", scrape.interval()));
        List<Object> jobs = new ArrayList<>();
        Map<String, Object> kubernetes = new LinkedHashMap<>();
        Map<String, Object> presets = new LinkedHashMap<>();
        for (MetricTargets targets : scrape.targets()) {
            switch (targets) {
                case MetricTargets.Fixed fixed -> jobs.add(JobYaml.metrics(fixed.job()));
                case MetricTargets.Monitors monitors ->
                    kubernetes.put(lowerCase(monitors.kind()), Tree.of("enabled", true));
                case MetricTargets.Annotated annotated ->
                    kubernetes.put("annotations", Tree.of("enabled", true, "annotation_prefix", annotated.prefix()));
                case MetricTargets.Kubelets _ -> kubernetes.put("nodes", Tree.of("enabled", true));
                case MetricTargets.WellKnown known -> presets.put(lowerCase(known.preset()), Tree.of("enabled", true));
            }
        }
        if (!jobs.isEmpty()) {
            config.put("scrape_configs", jobs);
        }
        if (!presets.isEmpty()) {
            kubernetes.put("presets", presets);
        }
        Map<String, Object> settings = Tree.of("config", config);
        if (!kubernetes.isEmpty()) {
            settings.put("kubernetes", kubernetes);
        }
        return shared(settings, shared);
    }

    /** The settings of the pprof receiver. */
    static Map<String, Object> pprof(Source.ProfilePull pull, boolean shared) {
        List<Object> jobs = new ArrayList<>();
        for (FetchJob job : pull.jobs()) {
            jobs.add(JobYaml.profiles(job, pull.interval()));
        }
        return shared(Tree.of("scrape_configs", jobs), shared);
    }

    private static Map<String, Object> shared(Map<String, Object> settings, boolean shared) {
        if (shared) {
            settings.put("clustering", CLUSTER);
        }
        return settings;
    }

    /** The settings of the extension through which replicas agree. */
    static Map<String, Object> cluster(Sharing sharing) {
        Map<String, Object> settings = Tree.of(
                "endpoint",
                "${env:LIGHTVESSEL_CLUSTER_ENDPOINT:-%s:%d}"
                        .formatted(sharing.onOneMachine() ? "127.0.0.1" : "0.0.0.0", sharing.port()),
                "cluster_name",
                sharing.name());
        if (sharing.inKubernetes()) {
            settings.put(
                    "discovery",
                    Tree.of(
                            "kubernetes",
                            Tree.of("service", sharing.service() + "." + sharing.namespace(), "port", sharing.port())));
            settings.put("arbiter", Tree.of("kubernetes", Tree.of("lease", sharing.service())));
        } else {
            settings.put(
                    "discovery",
                    Tree.of(
                            "static",
                            sharing.peers().stream().map(Placeholders::escaped).toList()));
        }
        if (sharing.onOneMachine()) {
            settings.put(
                    "arbiter",
                    Tree.of(
                            "file",
                            Tree.of("directory", "${env:LIGHTVESSEL_CLUSTER_ARBITER:-/var/lib/lightvessel/cluster}")));
        } else {
            settings.put("secret", "${env:LIGHTVESSEL_CLUSTER_SECRET}");
        }
        return settings;
    }

    private static String lowerCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
