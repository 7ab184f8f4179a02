package io.lightvessel.gateway.discovery.kubernetes;

import java.util.List;
import java.util.Map;

/** The jobs for well-known exporters, with the job names that the usual dashboards expect. */
final class PresetJobs {

    static final List<String> NAMES =
            List.of("kube_state_metrics", "node_exporter", "postgres_exporter", "redis_exporter");

    private static final String POD = "__meta_kubernetes_pod_";
    private static final String SLICE = "__meta_kubernetes_endpointslice_";
    private static final String APP = "__meta_kubernetes_service_label_app_kubernetes_io_name";

    private PresetJobs() {}

    static Map<String, Object> of(KubernetesSection.Preset preset, ApiAccess access) {
        return switch (preset.name()) {
            case "kube_state_metrics" ->
                service("kube-state-metrics", "kube-state-metrics", "http|http-metrics", preset, access)
                        .with("honor_labels", true)
                        .done();
            case "node_exporter" ->
                service(
                                "node-exporter",
                                "node-exporter|prometheus-node-exporter",
                                "metrics|http-metrics",
                                preset,
                                access)
                        .copy(SLICE + "endpoint_node_name", "node")
                        .copy(SLICE + "endpoint_node_name", "instance")
                        .done();
            case "postgres_exporter" -> port("postgres-exporter", "9187", preset, access);
            case "redis_exporter" -> port("redis-exporter", "9121", preset, access);
            default -> throw new IllegalArgumentException("preset: " + preset.name() + " (expected: " + NAMES + ")");
        };
    }

    private static JobTree service(
            String name, String app, String port, KubernetesSection.Preset preset, ApiAccess access) {
        return new JobTree(name, Role.ENDPOINTSLICE, access)
                .in(preset.namespaces())
                .keep(app, APP)
                .keep(port, SLICE + "port_name")
                .copy("__meta_kubernetes_namespace", "namespace")
                .copy("__meta_kubernetes_service_name", "service")
                .copy(POD + "name", "pod")
                .copy(POD + "container_name", "container");
    }

    private static Map<String, Object> port(
            String name, String port, KubernetesSection.Preset preset, ApiAccess access) {
        return new JobTree(name, Role.POD, access)
                .in(preset.namespaces())
                .keep(port, POD + "container_port_number")
                .drop("(Failed|Succeeded)", POD + "phase")
                .copy("__meta_kubernetes_namespace", "namespace")
                .copy(POD + "name", "pod")
                .copy(POD + "container_name", "container")
                .done();
    }
}
