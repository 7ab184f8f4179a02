package io.lightvessel.render;

import static io.lightvessel.render.AgentDialect.ordered;

import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the gateway's companions in Kubernetes. */
final class KubernetesManifests {
    private final Gateway gateway;
    private final ClusterFacts facts;

    KubernetesManifests(StackSpec spec, ClusterFacts facts) {
        this.gateway = spec.gateway();
        this.facts = facts;
    }

    String autoscaler() {
        HpaPolicy policy = gateway.scaling();
        return write(ordered(
                "apiVersion",
                "autoscaling/v2",
                "kind",
                "HorizontalPodAutoscaler",
                "metadata",
                metadata(),
                "spec",
                ordered(
                        "scaleTargetRef",
                                ordered(
                                        "apiVersion", "apps/v1",
                                        "kind", "Deployment",
                                        "name", gateway.serviceName()),
                        "minReplicas", policy.minReplicas(),
                        "maxReplicas", policy.maxReplicas(),
                        "metrics",
                                List.of(ordered(
                                        "type",
                                        "Resource",
                                        "resource",
                                        ordered(
                                                "name",
                                                "cpu",
                                                "target",
                                                ordered(
                                                        "type",
                                                        "Utilization",
                                                        "averageUtilization",
                                                        policy.targetCpuPercent())))),
                        "behavior",
                                ordered(
                                        "scaleUp", rules(policy.behavior().scaleUp()),
                                        "scaleDown", rules(policy.behavior().scaleDown())))));
    }

    String service() {
        return write(ordered(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                metadata(),
                "spec",
                ordered(
                        "type", "ClusterIP",
                        "selector",
                                ordered(
                                        "app.kubernetes.io/name", "lightvessel-agent",
                                        "app.kubernetes.io/component", "gateway"),
                        "ports",
                                List.of(
                                        port("otlp-grpc", gateway.otlp().grpcPort(), "grpc"),
                                        port("otlp-http", gateway.otlp().httpPort(), "http")))));
    }

    /** Through which replicas find each other, before they are ready for anybody else. */
    String clusterService() {
        int port = gateway.clustering().port();
        return write(ordered(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                metadata(clusterService(gateway)),
                "spec",
                ordered(
                        "clusterIP",
                        "None",
                        "publishNotReadyAddresses",
                        true,
                        "selector",
                        ordered(
                                "app.kubernetes.io/name", "lightvessel-agent",
                                "app.kubernetes.io/component", "gateway"),
                        "ports",
                        List.of(ordered("name", "cluster", "port", port, "targetPort", port, "protocol", "TCP")))));
    }

    static String clusterService(Gateway gateway) {
        return gateway.serviceName() + "-cluster";
    }

    private static Map<String, Object> port(String name, int port, String protocol) {
        return ordered("name", name, "port", port, "targetPort", port, "protocol", "TCP", "appProtocol", protocol);
    }

    private static Map<String, Object> rules(HpaPolicy.Rules rules) {
        List<Object> policies = new ArrayList<>();
        for (HpaPolicy.Policy policy : rules.policies()) {
            policies.add(ordered(
                    "type",
                    switch (policy.type()) {
                        case PODS -> "Pods";
                        case PERCENT -> "Percent";
                    },
                    "value",
                    policy.value(),
                    "periodSeconds",
                    policy.periodSeconds()));
        }
        return ordered(
                "stabilizationWindowSeconds",
                rules.stabilizationWindowSeconds(),
                "selectPolicy",
                switch (rules.selectPolicy()) {
                    case MAX -> "Max";
                    case MIN -> "Min";
                    case DISABLED -> "Disabled";
                },
                "policies",
                policies);
    }

    private Map<String, Object> metadata() {
        return metadata(gateway.serviceName());
    }

    private Map<String, Object> metadata(String name) {
        return ordered(
                "name", name,
                "namespace", gateway.namespace(),
                "labels",
                        ordered(
                                "app.kubernetes.io/name", "lightvessel-agent",
                                "app.kubernetes.io/component", "gateway",
                                "app.kubernetes.io/managed-by", "lightvessel"));
    }

    private String write(Map<String, Object> document) {
        return Yaml.write(
                List.of(
                        "Cluster %s, gateway.".formatted(facts.cluster()),
                        "Rendered by Lightvessel from the cluster's stack: change the stack, not this text."),
                document);
    }
}
