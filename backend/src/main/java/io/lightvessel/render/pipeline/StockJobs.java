package io.lightvessel.render.pipeline;

import static io.lightvessel.render.pipeline.RelabelRule.copy;
import static io.lightvessel.render.pipeline.RelabelRule.drop;
import static io.lightvessel.render.pipeline.RelabelRule.keep;
import static io.lightvessel.render.pipeline.RelabelRule.replace;
import static io.lightvessel.render.pipeline.RelabelRule.set;

import io.lightvessel.stack.Scraping;
import java.util.ArrayList;
import java.util.List;

/** Writes out as scrape jobs what the agents know by a word: annotations, kubelets, well-known exporters. */
public final class StockJobs {
    private static final String NAMESPACE = "__meta_kubernetes_namespace";
    private static final String POD = "__meta_kubernetes_pod_";
    private static final String SERVICE = "__meta_kubernetes_service_";
    private static final String SLICE = "__meta_kubernetes_endpointslice_";
    private static final String ENDED = "(Failed|Succeeded)";

    private StockJobs() {}

    /** The jobs that targets come to; none for monitors, which only a watch of the API can turn into jobs. */
    public static List<FetchJob> of(MetricTargets targets) {
        return switch (targets) {
            case MetricTargets.Monitors _ -> List.of();
            case MetricTargets.Annotated annotated -> List.of(pods(annotated.prefix()), services(annotated.prefix()));
            case MetricTargets.Kubelets _ ->
                List.of(
                        kubelet("kubernetes-nodes", "/metrics", List.of()),
                        // cAdvisor's own times are those of its housekeeping, up to a minute old.
                        kubelet(
                                "kubernetes-nodes-cadvisor",
                                "/metrics/cadvisor",
                                List.of(new FetchJob.Trait.IgnoreTimestamps())));
            case MetricTargets.WellKnown known -> List.of(exporter(known.preset()));
            case MetricTargets.Fixed fixed -> List.of(fixed.job());
        };
    }

    private static FetchJob pods(String prefix) {
        String annotation = POD + "annotation_" + sanitized(prefix) + "_";
        List<RelabelRule> rules = new ArrayList<>(List.of(
                keep(annotation + "scrape", "true"), drop(POD + "phase", ENDED), drop(POD + "container_init", "true")));
        rules.addAll(asked(annotation));
        rules.add(replace("__address__", "$2:$1", "(\\d+);([0-9.]+)", annotation + "port", POD + "ip"));
        rules.add(replace(
                "__address__", "[$2]:$1", "(\\d+);([0-9a-fA-F:]*:[0-9a-fA-F:.]*)", annotation + "port", POD + "ip"));
        rules.add(copy(NAMESPACE, "namespace"));
        rules.add(copy(POD + "name", "pod"));
        // With a port of its own the pod is one target whatever containers it has.
        rules.add(replace(
                "container",
                "$1",
                ";(.+)",
                POD + "annotationpresent_" + sanitized(prefix) + "_port",
                POD + "container_name"));
        rules.add(copy(POD + "node_name", "node"));
        return job("kubernetes-pods", "pod", rules);
    }

    private static FetchJob services(String prefix) {
        String annotation = SERVICE + "annotation_" + sanitized(prefix) + "_";
        List<RelabelRule> rules = new ArrayList<>(List.of(
                keep(annotation + "scrape", "true"),
                // Ports of the pods that are none of the service's.
                keep(SLICE + "port", "\\d+"),
                drop(POD + "phase", ENDED)));
        rules.addAll(asked(annotation));
        rules.add(replace("__address__", "$1:$2", "(.+?)(?::\\d+)?;(\\d+)", "__address__", annotation + "port"));
        rules.add(copy(NAMESPACE, "namespace"));
        rules.add(copy(SERVICE + "name", "service"));
        rules.add(copy(POD + "name", "pod"));
        rules.add(copy(SLICE + "endpoint_node_name", "node"));
        return job("kubernetes-services", "endpointslice", rules);
    }

    private static List<RelabelRule> asked(String annotation) {
        return List.of(
                replace("__scheme__", "$1", "(https?)", annotation + "scheme"),
                replace("__metrics_path__", "$1", "(.+)", annotation + "path"));
    }

    private static FetchJob kubelet(String name, String path, List<FetchJob.Trait> more) {
        List<FetchJob.Trait> traits =
                new ArrayList<>(List.of(new FetchJob.Trait.ServiceAccountToken(), new FetchJob.Trait.HonorLabels()));
        traits.addAll(more);
        return new FetchJob(
                name,
                true,
                path,
                new FetchJob.Discovery.Kubernetes("node"),
                List.of(copy("__meta_kubernetes_node_name", "node"), set("job", "kubelet"), set("metrics_path", path)),
                traits);
    }

    private static FetchJob exporter(Scraping.Preset preset) {
        return switch (preset) {
            case KUBE_STATE_METRICS -> {
                FetchJob job =
                        behindService("kube-state-metrics", "kube-state-metrics", "http|http-metrics", List.of());
                yield new FetchJob(
                        job.name(),
                        false,
                        null,
                        job.discovery(),
                        job.rules(),
                        List.of(new FetchJob.Trait.HonorLabels()));
            }
            case NODE_EXPORTER ->
                behindService(
                        "node-exporter",
                        "node-exporter|prometheus-node-exporter",
                        "metrics|http-metrics",
                        List.of(
                                copy(SLICE + "endpoint_node_name", "node"),
                                copy(SLICE + "endpoint_node_name", "instance")));
            case POSTGRES_EXPORTER -> byPort("postgres-exporter", "9187");
            case REDIS_EXPORTER -> byPort("redis-exporter", "9121");
        };
    }

    private static FetchJob behindService(String name, String app, String port, List<RelabelRule> more) {
        List<RelabelRule> rules = new ArrayList<>(List.of(
                keep(SERVICE + "label_app_kubernetes_io_name", app),
                keep(SLICE + "port_name", port),
                copy(NAMESPACE, "namespace"),
                copy(SERVICE + "name", "service"),
                copy(POD + "name", "pod"),
                copy(POD + "container_name", "container")));
        rules.addAll(more);
        return job(name, "endpointslice", rules);
    }

    private static FetchJob byPort(String name, String port) {
        return job(
                name,
                "pod",
                List.of(
                        keep(POD + "container_port_number", port),
                        drop(POD + "phase", ENDED),
                        copy(NAMESPACE, "namespace"),
                        copy(POD + "name", "pod"),
                        copy(POD + "container_name", "container")));
    }

    private static FetchJob job(String name, String role, List<RelabelRule> rules) {
        return new FetchJob(name, false, null, new FetchJob.Discovery.Kubernetes(role), rules, List.of());
    }

    private static String sanitized(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
