package io.lightvessel.render.companion;

import io.lightvessel.render.pipeline.FetchJob;
import io.lightvessel.render.pipeline.MetricTargets;
import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.pipeline.Source;
import io.lightvessel.render.pipeline.StockJobs;
import io.lightvessel.render.text.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes what agents may ask of the Kubernetes API: what their sources need and no more. */
final class AccessManifests {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private AccessManifests() {}

    static Map<String, Object> clusterRole(RolePlan plan, String name) {
        Set<String> roles = new TreeSet<>();
        boolean monitors = false;
        boolean kubelets = false;
        for (Source.Scrape scrape : plan.sources(Source.Scrape.class)) {
            for (MetricTargets targets : scrape.targets()) {
                monitors |= targets instanceof MetricTargets.Monitors;
                kubelets |= targets instanceof MetricTargets.Kubelets;
                StockJobs.of(targets).forEach(job -> role(job, roles));
            }
        }
        for (Source.ProfilePull pull : plan.sources(Source.ProfilePull.class)) {
            pull.jobs().forEach(job -> role(job, roles));
        }
        if (monitors) {
            roles.add("pod");
            roles.add("endpointslice");
        }
        List<Object> rules = new ArrayList<>();
        if (roles.contains("pod") || roles.contains("endpointslice")) {
            rules.add(rule("", List.of("pods", "services"), List.of("list", "watch")));
        }
        if (roles.contains("endpointslice")) {
            rules.add(rule("discovery.k8s.io", List.of("endpointslices"), List.of("list", "watch")));
        }
        if (roles.contains("node")) {
            rules.add(rule("", List.of("nodes"), List.of("list", "watch")));
        }
        if (kubelets) {
            // The kubelet asks the API server whether the gateway may read its metrics.
            rules.add(rule("", List.of("nodes/metrics"), List.of("get")));
        }
        if (monitors) {
            rules.add(
                    rule("monitoring.coreos.com", List.of("servicemonitors", "podmonitors"), List.of("list", "watch")));
        }
        return Tree.of(
                "apiVersion", GROUP + "/v1", "kind", "ClusterRole", "metadata", Tree.of("name", name), "rules", rules);
    }

    /**
     * What an agent on a node may ask. It asks for its own node's pods by a field selector; roles cannot say that, so this is
     * the smallest there is. Nobody gets a single pod by name.
     */
    static Map<String, Object> podsOfANode(String name) {
        return Tree.of(
                "apiVersion",
                GROUP + "/v1",
                "kind",
                "ClusterRole",
                "metadata",
                Tree.of("name", name),
                "rules",
                List.of(rule("", List.of("pods"), List.of("list", "watch"))));
    }

    private static void role(FetchJob job, Set<String> roles) {
        if (job.discovery() instanceof FetchJob.Discovery.Kubernetes(String role)) {
            roles.add(role);
        }
    }

    private static Map<String, Object> rule(String group, List<String> resources, List<String> verbs) {
        return Tree.of("apiGroups", List.of(group), "resources", resources, "verbs", verbs);
    }

    static Map<String, Object> clusterRoleBinding(String name, String account, String namespace) {
        return Tree.of(
                "apiVersion",
                GROUP + "/v1",
                "kind",
                "ClusterRoleBinding",
                "metadata",
                Tree.of("name", name),
                "roleRef",
                Tree.of("apiGroup", GROUP, "kind", "ClusterRole", "name", name),
                "subjects",
                List.of(Tree.of("kind", "ServiceAccount", "name", account, "namespace", namespace)));
    }

    /** Replicas agree on who leads them by a lease in their own namespace. */
    static Map<String, Object> leaseRole(String name, String namespace) {
        return Tree.of(
                "apiVersion",
                GROUP + "/v1",
                "kind",
                "Role",
                "metadata",
                Tree.of("name", name, "namespace", namespace),
                "rules",
                List.of(rule("coordination.k8s.io", List.of("leases"), List.of("get", "create", "update"))));
    }

    static Map<String, Object> leaseRoleBinding(String name, String account, String namespace) {
        return Tree.of(
                "apiVersion",
                GROUP + "/v1",
                "kind",
                "RoleBinding",
                "metadata",
                Tree.of("name", name, "namespace", namespace),
                "roleRef",
                Tree.of("apiGroup", GROUP, "kind", "Role", "name", name),
                "subjects",
                List.of(Tree.of("kind", "ServiceAccount", "name", account, "namespace", namespace)));
    }

    static Map<String, Object> serviceAccount(String account, String namespace) {
        return Tree.of(
                "apiVersion",
                "v1",
                "kind",
                "ServiceAccount",
                "metadata",
                Tree.of("name", account, "namespace", namespace));
    }
}
