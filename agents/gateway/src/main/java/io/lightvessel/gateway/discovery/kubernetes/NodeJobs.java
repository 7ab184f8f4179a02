package io.lightvessel.gateway.discovery.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jobs for kubelets, with the labels that the usual dashboards expect: job kubelet, metrics_path, node. */
final class NodeJobs {

    private static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
    private static final String NODE = "__meta_kubernetes_node_name";

    private NodeJobs() {}

    static List<Map<String, Object>> of(KubernetesSection.Nodes nodes, ApiAccess access) {
        List<Map<String, Object>> jobs = new ArrayList<>();
        if (nodes.enabled()) {
            jobs.add(job("kubernetes-nodes", "/metrics", nodes, access));
            if (nodes.cadvisor()) {
                jobs.add(job("kubernetes-nodes-cadvisor", "/metrics/cadvisor", nodes, access));
            }
            if (nodes.probes()) {
                jobs.add(job("kubernetes-nodes-probes", "/metrics/probes", nodes, access));
            }
            if (nodes.resource()) {
                jobs.add(job("kubernetes-nodes-resource", "/metrics/resource", nodes, access));
            }
        }
        return jobs;
    }

    private static Map<String, Object> job(String name, String path, KubernetesSection.Nodes nodes, ApiAccess access) {
        JobTree job = new JobTree(name, Role.NODE, access)
                .selecting(Role.NODE, nodes.selector())
                .with("scheme", "https")
                .with("bearer_token_file", SERVICE_ACCOUNT + "token")
                .with("tls_config", tls(nodes))
                .with("honor_labels", true);
        if (path.equals("/metrics/cadvisor")) {
            // cAdvisor's own timestamps are those of its housekeeping, up to a minute old and often equal.
            job.with("honor_timestamps", false);
        }
        if (nodes.viaApiServer()) {
            job.set("__address__", "kubernetes.default.svc:443")
                    .replace("__metrics_path__", "/api/v1/nodes/$1/proxy" + path, "(.+)", NODE);
        } else {
            job.with("metrics_path", path);
        }
        return job.copy(NODE, "node")
                .set("job", "kubelet")
                .set("metrics_path", path)
                .done();
    }

    private static Map<String, Object> tls(KubernetesSection.Nodes nodes) {
        return nodes.insecureSkipVerify() && !nodes.viaApiServer()
                ? Map.of("insecure_skip_verify", true)
                : Map.of("ca_file", SERVICE_ACCOUNT + "ca.crt");
    }
}
