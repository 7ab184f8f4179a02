package io.lightvessel.render.companion;

import static io.lightvessel.render.text.Tree.of;

import io.lightvessel.render.pipeline.PlanReader;
import io.lightvessel.render.text.Yaml;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.StackSpec;
import java.util.List;
import java.util.Map;

/** Writes the gateway's companions in Kubernetes. */
public final class KubernetesManifests {
    private final Gateway gateway;
    private final ClusterFacts facts;

    public KubernetesManifests(StackSpec spec, ClusterFacts facts) {
        this.gateway = spec.gateway();
        this.facts = facts;
    }

    public String autoscaler() {
        HpaPolicy policy = gateway.scaling();
        return write(of(
                "apiVersion",
                "autoscaling/v2",
                "kind",
                "HorizontalPodAutoscaler",
                "metadata",
                metadata(),
                "spec",
                of(
                        "scaleTargetRef",
                                of(
                                        "apiVersion", "apps/v1",
                                        "kind", "Deployment",
                                        "name", gateway.serviceName()),
                        "minReplicas", policy.minReplicas(),
                        "maxReplicas", policy.maxReplicas(),
                        "metrics",
                                List.of(of(
                                        "type",
                                        "Resource",
                                        "resource",
                                        of(
                                                "name",
                                                "cpu",
                                                "target",
                                                of(
                                                        "type",
                                                        "Utilization",
                                                        "averageUtilization",
                                                        policy.targetCpuPercent())))),
                        "behavior", Autoscaling.behavior(policy))));
    }

    public String service() {
        return write(of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                metadata(),
                "spec",
                of(
                        "type", "ClusterIP",
                        "selector",
                                of(
                                        "app.kubernetes.io/name", "lightvessel-agent",
                                        "app.kubernetes.io/component", "gateway"),
                        "ports",
                                List.of(
                                        port("otlp-grpc", gateway.otlp().grpcPort(), "grpc"),
                                        port("otlp-http", gateway.otlp().httpPort(), "http")))));
    }

    /** Through which replicas find each other, before they are ready for anybody else. */
    public String clusterService() {
        int port = gateway.clustering().port();
        return write(of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                metadata(PlanReader.clusterService(gateway)),
                "spec",
                of(
                        "clusterIP",
                        "None",
                        "publishNotReadyAddresses",
                        true,
                        "selector",
                        of(
                                "app.kubernetes.io/name", "lightvessel-agent",
                                "app.kubernetes.io/component", "gateway"),
                        "ports",
                        List.of(of("name", "cluster", "port", port, "targetPort", port, "protocol", "TCP")))));
    }

    private static Map<String, Object> port(String name, int port, String protocol) {
        return of("name", name, "port", port, "targetPort", port, "protocol", "TCP", "appProtocol", protocol);
    }

    private Map<String, Object> metadata() {
        return metadata(gateway.serviceName());
    }

    private Map<String, Object> metadata(String name) {
        return of(
                "name", name,
                "namespace", gateway.namespace(),
                "labels",
                        of(
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
