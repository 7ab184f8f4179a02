package io.lightvessel.render.companion;

import static io.lightvessel.render.text.Tree.of;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.PlanReader;
import io.lightvessel.render.pipeline.RolePlan;
import io.lightvessel.render.text.Yaml;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.HpaPolicy;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the gateway's companions in Kubernetes, and the collector. */
public final class KubernetesManifests {
    private static final String HEAD =
            "Rendered by Lightvessel from the cluster's stack: change the stack, not this text.";

    private final StackSpec spec;
    private final Gateway gateway;
    private final ClusterFacts facts;

    public KubernetesManifests(StackSpec spec, ClusterFacts facts) {
        this.spec = spec;
        this.gateway = spec.gateway();
        this.facts = facts;
    }

    /** The objects that go with the gateway and with instrumented programs. */
    public static List<RenderedFile> files(StackSpec spec, ClusterFacts facts) {
        KubernetesManifests manifests = new KubernetesManifests(spec, facts);
        Gateway gateway = spec.gateway();
        List<RenderedFile> files = new ArrayList<>();
        files.add(RenderedFile.yaml("service.yaml", manifests.service()));
        if (PlanReader.isShared(spec) && gateway.clustering().peers().isEmpty()) {
            files.add(RenderedFile.yaml("service-cluster.yaml", manifests.clusterService()));
        }
        if (gateway.scaling().enabled()) {
            files.add(RenderedFile.yaml("hpa.yaml", manifests.autoscaler()));
        }
        manifests.replicas(PlanReader.read(spec, facts, AgentRole.GATEWAY), files);
        CollectorManifests.documents(spec, facts)
                .forEach((name, document) -> files.add(manifests.file(name, document)));
        if (spec.instrumentation().enabled()) {
            InstrumentationManifests programs = new InstrumentationManifests(spec, facts.cluster());
            files.add(RenderedFile.yaml(
                    "instrumentation.yaml",
                    Yaml.write(List.of(HEAD, programs.annotations()), programs.operatorResource())));
            files.add(manifests.file("otel-environment.yaml", programs.environment()));
        }
        return List.copyOf(files);
    }

    public static List<RenderFinding> findings(StackSpec spec, ClusterFacts facts) {
        List<RenderFinding> findings = new ArrayList<>(GatewayManifests.findings(spec));
        findings.addAll(CollectorManifests.findings(spec, facts));
        return List.copyOf(findings);
    }

    /** The replicas and what they may ask of the API server; nothing where they ask nothing. */
    private void replicas(RolePlan plan, List<RenderedFile> files) {
        String account = gateway.serviceName();
        String namespace = gateway.namespace();
        String name = namespace + "-" + account;
        Map<String, Object> role = AccessManifests.clusterRole(plan, name);
        boolean asks = role.get("rules") instanceof List<?> rules && !rules.isEmpty();
        boolean leads = plan.sharing() != null && plan.sharing().inKubernetes();
        if (GatewayManifests.isNeeded(spec)) {
            GatewayManifests replicas = new GatewayManifests(spec, asks || leads);
            files.add(RenderedFile.yaml("deployment.yaml", write(replicas.deployment(metadata()))));
        }
        if (asks || leads) {
            files.add(file("serviceaccount.yaml", AccessManifests.serviceAccount(account, namespace)));
        }
        if (asks) {
            files.add(file("clusterrole.yaml", role));
            files.add(file("clusterrolebinding.yaml", AccessManifests.clusterRoleBinding(name, account, namespace)));
        }
        if (leads) {
            String lease = PlanReader.clusterService(gateway);
            files.add(file("role.yaml", AccessManifests.leaseRole(lease, namespace)));
            files.add(file("rolebinding.yaml", AccessManifests.leaseRoleBinding(lease, account, namespace)));
        }
    }

    private RenderedFile file(String name, Map<String, Object> document) {
        return RenderedFile.yaml(name, Yaml.write(List.of("Cluster %s.".formatted(facts.cluster()), HEAD), document));
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
        return Yaml.write(List.of("Cluster %s, gateway.".formatted(facts.cluster()), HEAD), document);
    }
}
