package io.lightvessel.gateway.targets;

import io.lightvessel.gateway.cluster.Ownership;
import io.lightvessel.gateway.cluster.SoleOwner;
import io.lightvessel.gateway.discovery.NamedDiscovery;
import io.lightvessel.gateway.discovery.StaticDiscovery;
import io.lightvessel.gateway.discovery.TargetGroup;
import io.lightvessel.gateway.relabel.RelabelRule;
import io.lightvessel.gateway.testing.ManualTimer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures how long a pool takes for 5 000 pods with some thirty labels each and ten rules, from groups to targets. */
public final class RelabelBench {

    private static final int TARGETS = 5_000;
    private static final int ROUNDS = 40;

    private RelabelBench() {}

    public static void main(String[] arguments) {
        List<TargetGroup> pods = pods();
        report("ten rules as ServiceMonitors have them", pods, usualRules());
        report("ten rules that need regular expressions", pods, costlyRules());
    }

    private static void report(String what, List<TargetGroup> pods, RelabelRule[] rules) {
        List<Long> times = new ArrayList<>();
        int active = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            try (TargetPool pool = new TargetPool(
                    TargetFixtures.options(rules),
                    List.of(new NamedDiscovery("pods", new StaticDiscovery(pods))),
                    new ManualTimer(),
                    Runnable::run)) {
                Ownership.Share share = new SoleOwner().join("bench", new NoOwner());
                int[] appeared = new int[1];
                pool.start(share, (found, _) -> appeared[0] += found.size());
                active = appeared[0];
            }
            times.add(System.nanoTime() - start);
        }
        long first = times.getFirst();
        List<Long> warm = times.subList(ROUNDS / 2, ROUNDS).stream().sorted().toList();
        System.out.printf(
                "%s: %d of %d targets kept, first %d ms, median %.1f ms, worst %.1f ms%n",
                what, active, TARGETS, first / 1_000_000, warm.get(warm.size() / 2) / 1e6, warm.getLast() / 1e6);
    }

    private static RelabelRule[] usualRules() {
        return new RelabelRule[] {
            RelabelRule.keep(
                    "(cart|checkout|app-[0-4]);true",
                    "__meta_kubernetes_pod_label_app",
                    "__meta_kubernetes_pod_labelpresent_app"),
            RelabelRule.keep("metrics", "__meta_kubernetes_pod_container_port_name"),
            RelabelRule.drop("Pending|Succeeded|Failed|Completed", "__meta_kubernetes_pod_phase"),
            RelabelRule.copy("__meta_kubernetes_namespace", "namespace"),
            RelabelRule.copy("__meta_kubernetes_pod_name", "pod"),
            RelabelRule.copy("__meta_kubernetes_pod_container_name", "container"),
            RelabelRule.copy("__meta_kubernetes_pod_node_name", "node"),
            RelabelRule.labelMap("__meta_kubernetes_pod_label_(.+)", "$1"),
            RelabelRule.set("endpoint", "metrics"),
            RelabelRule.replace("job", "${1}/$2", "(.+);(.+)", "namespace", "__meta_kubernetes_pod_label_app")
        };
    }

    private static RelabelRule[] costlyRules() {
        RelabelRule[] rules = new RelabelRule[10];
        for (int i = 0; i < 10; i++) {
            rules[i] = RelabelRule.replace(
                    "label" + i, "${2}-$1", "([a-z]+)-([0-9]+)(?:-.*)?;([^;]*)", "__meta_kubernetes_pod_name", "job");
        }
        return rules;
    }

    private static List<TargetGroup> pods() {
        List<TargetGroup> pods = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            String ip = "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            Map<String, String> pod = new HashMap<>(Map.of(
                    "__meta_kubernetes_namespace", "ns-" + i % 20,
                    "__meta_kubernetes_pod_name", "app-" + i + "-7c9d8b6f5d",
                    "__meta_kubernetes_pod_node_name", "node-" + i % 100,
                    "__meta_kubernetes_pod_phase", "Running",
                    "__meta_kubernetes_pod_ready", "true",
                    "__meta_kubernetes_pod_ip", ip,
                    "__meta_kubernetes_pod_host_ip", "192.168.0." + i % 100,
                    "__meta_kubernetes_pod_uid", "0e8400-e29b-41d4-a716-" + i));
            for (String label : List.of("app", "version", "team", "tier", "pod_template_hash", "region", "zone")) {
                pod.put("__meta_kubernetes_pod_label_" + label, label + "-" + i % 10);
                pod.put("__meta_kubernetes_pod_labelpresent_" + label, "true");
            }
            pod.put("__meta_kubernetes_pod_annotation_checksum_config", "abcdef0123456789");
            pod.put("__meta_kubernetes_pod_annotationpresent_checksum_config", "true");
            pods.add(new TargetGroup(
                    "pod/" + i,
                    List.of(Map.of(
                            "__address__", ip + ":9090",
                            "__meta_kubernetes_pod_container_name", "app",
                            "__meta_kubernetes_pod_container_port_name", "metrics",
                            "__meta_kubernetes_pod_container_port_number", "9090",
                            "__meta_kubernetes_pod_container_port_protocol", "TCP")),
                    pod));
        }
        return pods;
    }
}
