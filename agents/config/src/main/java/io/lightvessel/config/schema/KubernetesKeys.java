package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.*;

import io.lightvessel.config.KeySchema;
import io.lightvessel.config.ObjectSchema;
import java.util.List;

/** Keys of jobs that are made from what is in a Kubernetes cluster. */
final class KubernetesKeys {

    private static final KeySchema NAMESPACES = texts("namespaces", "Namespaces to look into; all unless written.");

    private static final KeySchema SELECTOR = text("selector", "", "A label selector that objects must fit.");

    private static final KeySchema FILE_REFERENCES = flag(
            "file_references",
            false,
            "Let monitors name files of the gateway, such as its service account's token: who may write a monitor can "
                    + "then have them sent anywhere.");

    static final ObjectSchema KEYS = keys(
            url("api_server", "The API server; the one of the cluster the agent runs in unless written."),
            text("kubeconfig_file", "A kubeconfig to take server and credentials from."),
            section(
                    "service_monitors",
                    keys(
                            flag("enabled", false, "Scrape what ServiceMonitors select."),
                            NAMESPACES,
                            SELECTOR,
                            choice(
                                    "role",
                                    List.of("endpointslice", "endpoints"),
                                    "endpointslice",
                                    "How services' targets are found where a monitor does not say."),
                            FILE_REFERENCES),
                    "ServiceMonitor objects of the Prometheus operator."),
            section(
                    "pod_monitors",
                    keys(
                            flag("enabled", false, "Scrape what PodMonitors select."),
                            NAMESPACES,
                            SELECTOR,
                            FILE_REFERENCES),
                    "PodMonitor objects of the Prometheus operator."),
            section(
                    "annotations",
                    keys(
                            flag("enabled", false, "Scrape pods and services that ask for it."),
                            text(
                                    "annotation_prefix",
                                    "prometheus.io",
                                    "What the annotations scrape, port, path and scheme begin with."),
                            flag("pods", true, "Heed those of pods."),
                            flag("services", true, "Heed those of services."),
                            NAMESPACES,
                            SELECTOR),
                    "Pods and services with annotations such as prometheus.io/scrape."),
            section(
                    "nodes",
                    keys(
                            flag("enabled", false, "Scrape the kubelets."),
                            SELECTOR,
                            choice(
                                    "via",
                                    List.of("kubelet", "api_server"),
                                    "kubelet",
                                    "Ask kubelets themselves, or through the API server, which needs the right to "
                                            + "nodes/proxy and with it far more than reading."),
                            flag("cadvisor", true, "Scrape /metrics/cadvisor: containers."),
                            flag("probes", false, "Scrape /metrics/probes: probes of containers."),
                            flag("resource", false, "Scrape /metrics/resource: processor and memory in short."),
                            flag(
                                    "insecure_skip_verify",
                                    false,
                                    "Accept any certificate of a kubelet: many clusters leave them self-signed.")),
                    "The kubelet of every node."),
            section(
                    "presets",
                    keys(
                            preset("kube_state_metrics", "kube-state-metrics, found by its service's labels."),
                            preset("node_exporter", "node-exporter, found by its service's labels."),
                            preset("postgres_exporter", "PostgreSQL exporters: pods that declare the port 9187."),
                            preset("redis_exporter", "Redis exporters: pods that declare the port 9121.")),
                    "Jobs for well-known exporters."));

    private KubernetesKeys() {}

    private static KeySchema preset(String name, String doc) {
        return section(name, keys(flag("enabled", false, "Scrape them."), NAMESPACES), doc);
    }
}
