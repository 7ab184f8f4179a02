package io.lightvessel.render.companion;

import static io.lightvessel.render.text.Tree.of;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.PlanReader;
import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.Gateway;
import io.lightvessel.stack.StackSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the gateway's Deployment: replicas that go hand over what they scrape first, and never are there fewer than there
 * should be.
 */
final class GatewayManifests {
    private static final String ROLE = "gateway";
    /** In which producers hear that a replica is none of the Service's any more. */
    private static final int LEAVING_SECONDS = 5;
    /**
     * What the end of a replica may take: {@link #LEAVING_SECONDS} or handing over (15 s unless changed) before SIGTERM, the
     * same again after it if that was in vain, ten seconds for queues, and a rest for machines that are busy.
     */
    private static final int GRACE_SECONDS = 60;
    /** A replica that starts joins the others and gets its part before the next one goes. */
    private static final int SETTLED_SECONDS = 15;

    private static final int USER = 65532;
    /** Of its own making: the volume itself is root's, and the agent wants its directory for itself. */
    private static final String STATE = AgentPod.STATE + "/agent";

    private final Gateway gateway;
    private final boolean shared;
    private final boolean hasAccount;

    /** @param hasAccount whether it asks the API server for anything */
    GatewayManifests(StackSpec spec, boolean hasAccount) {
        this.gateway = spec.gateway();
        this.shared = PlanReader.isShared(spec);
        this.hasAccount = hasAccount;
    }

    /** Whether the gateway is replicas of its own. */
    static boolean isNeeded(StackSpec spec) {
        return spec.mode() == DeploymentMode.GATEWAY || spec.mode() == DeploymentMode.HYBRID;
    }

    static List<RenderFinding> findings(StackSpec spec) {
        if (!isNeeded(spec)) {
            return List.of();
        }
        String name = spec.gateway().serviceName();
        String secret = PlanReader.isShared(spec)
                ? " and the Secret " + PlanReader.clusterService(spec.gateway()) + " (secret, 16 characters or more)"
                : "";
        return List.of(RenderFinding.needs(
                ROLE,
                "the Deployment says lightvessel-agent for the image, which is yours to build and name, with a program"
                        + " of that name on its path, and takes address, token and secrets from what the cluster has",
                "set the image; create the ConfigMap lightvessel-agent (control-plane), the Secret"
                        + " lightvessel-enrollment (token)" + secret + "; variables that destinations name may be in"
                        + " the Secret " + name + "-environment"));
    }

    Map<String, Object> deployment(Map<String, Object> metadata) {
        Map<String, Object> spec = of();
        if (!gateway.scaling().enabled()) {
            // With an autoscaler the number is its own.
            spec.put("replicas", gateway.replicas());
        }
        spec.put("selector", of("matchLabels", AgentPod.labels(ROLE)));
        spec.put("minReadySeconds", SETTLED_SECONDS);
        spec.put("strategy", of("type", "RollingUpdate", "rollingUpdate", of("maxUnavailable", 0, "maxSurge", 1)));
        spec.put("template", of("metadata", of("labels", AgentPod.labels(ROLE)), "spec", pod()));
        return of("apiVersion", "apps/v1", "kind", "Deployment", "metadata", metadata, "spec", spec);
    }

    private Map<String, Object> pod() {
        Map<String, Object> pod = of();
        if (hasAccount) {
            pod.put("serviceAccountName", gateway.serviceName());
        } else {
            pod.put("automountServiceAccountToken", false);
        }
        pod.put("terminationGracePeriodSeconds", GRACE_SECONDS);
        pod.put("securityContext", of("runAsNonRoot", true, "runAsUser", USER, "fsGroup", USER));
        pod.put(
                "topologySpreadConstraints",
                List.of(of(
                        "maxSkew",
                        1,
                        "topologyKey",
                        "kubernetes.io/hostname",
                        "whenUnsatisfiable",
                        "ScheduleAnyway",
                        "labelSelector",
                        of("matchLabels", AgentPod.labels(ROLE)))));
        pod.put("containers", List.of(container()));
        pod.put("volumes", mounts().stream().map(NodePath::volume).toList());
        return pod;
    }

    private Map<String, Object> container() {
        return of(
                "name",
                "agent",
                "image",
                AgentPod.PROGRAM,
                "args",
                AgentPod.run(ROLE, "$(K8S_POD_NAME)", STATE),
                "env",
                environment(),
                "envFrom",
                List.of(of("secretRef", of("name", gateway.serviceName() + "-environment", "optional", true))),
                "ports",
                ports(),
                "readinessProbe",
                of("httpGet", AgentPod.probe("/"), "periodSeconds", 5),
                "livenessProbe",
                of("httpGet", AgentPod.probe("/live"), "initialDelaySeconds", 10),
                "lifecycle",
                of("preStop", of("exec", of("command", drain()))),
                "resources",
                // What the JVM's options allow, and the autoscaler's percent are of this much processor time.
                of("requests", of("cpu", "500m", "memory", "512Mi"), "limits", of("memory", "1Gi")),
                "securityContext",
                of(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "seccompProfile",
                        of("type", "RuntimeDefault"),
                        "capabilities",
                        of("drop", List.of("ALL"))),
                "volumeMounts",
                mounts().stream().map(NodePath::mount).toList());
    }

    private static List<String> drain() {
        return List.of(AgentPod.PROGRAM, "drain", "--state", STATE, "--at-least", LEAVING_SECONDS + "s");
    }

    private List<Object> environment() {
        List<Object> environment = AgentPod.environment();
        if (shared) {
            environment.add(
                    AgentPod.secret("LIGHTVESSEL_CLUSTER_SECRET", PlanReader.clusterService(gateway), "secret", false));
        }
        return environment;
    }

    private List<Object> ports() {
        List<Object> ports = new ArrayList<>();
        ports.add(AgentPod.port("otlp-grpc", gateway.otlp().grpcPort()));
        ports.add(AgentPod.port("otlp-http", gateway.otlp().httpPort()));
        if (shared) {
            ports.add(AgentPod.port("cluster", gateway.clustering().port()));
        }
        ports.add(AgentPod.HEALTH_PORT);
        ports.add(AgentPod.METRICS_PORT);
        return ports;
    }

    private static List<NodePath> mounts() {
        return List.of(NodePath.scratch("state", AgentPod.STATE), NodePath.scratch("tmp", "/tmp"));
    }
}
