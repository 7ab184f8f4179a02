package io.lightvessel.render.companion;

import static io.lightvessel.render.text.Tree.of;

import io.lightvessel.render.RenderFinding;
import io.lightvessel.render.pipeline.PlanReader;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.DeploymentMode;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the collector's DaemonSet and what it may ask of the API server: what the stack needs on a node and no more. */
final class CollectorManifests {
    private static final String NAME = "lightvessel-collector";
    private static final String STATE = AgentPod.STATE;
    private static final String LINKS = "/var/log/containers";
    /** What an agent takes that follows logs; profiling comes on top. */
    private static final int MEMORY_MIB = 256;

    private final StackSpec spec;
    private final String namespace;
    private final boolean logs;
    private final boolean profiles;

    private CollectorManifests(StackSpec spec) {
        this.spec = spec;
        this.namespace = spec.gateway().namespace();
        this.logs = spec.collector().podLogs().enabled();
        this.profiles = spec.collector().profiles().enabled();
    }

    /** By file name; empty where the stack has nothing for collectors to do. */
    static Map<String, Map<String, Object>> documents(StackSpec spec, ClusterFacts facts) {
        Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
        if (isNeeded(spec, facts)) {
            CollectorManifests manifests = new CollectorManifests(spec);
            String role = manifests.namespace + "-" + NAME;
            documents.put("collector-daemonset.yaml", manifests.daemonSet());
            documents.put("collector-serviceaccount.yaml", AccessManifests.serviceAccount(NAME, manifests.namespace));
            documents.put("collector-clusterrole.yaml", AccessManifests.podsOfANode(role));
            documents.put(
                    "collector-clusterrolebinding.yaml",
                    AccessManifests.clusterRoleBinding(role, NAME, manifests.namespace));
        }
        return documents;
    }

    private static boolean isNeeded(StackSpec spec, ClusterFacts facts) {
        return spec.mode() == DeploymentMode.HYBRID
                && !PlanReader.read(spec, facts, AgentRole.COLLECTOR).isIdle();
    }

    static List<RenderFinding> findings(StackSpec spec, ClusterFacts facts) {
        return isNeeded(spec, facts)
                ? List.of(
                        RenderFinding.needs(
                                "collector",
                                "the DaemonSet says lightvessel-agent for the image, which is yours to build and name, and takes address and token from what the cluster has",
                                "set the image; create the ConfigMap lightvessel-agent (control-plane) and the Secret lightvessel-enrollment (token)"))
                : List.of();
    }

    private Map<String, Object> daemonSet() {
        return of(
                "apiVersion",
                "apps/v1",
                "kind",
                "DaemonSet",
                "metadata",
                of("name", NAME, "namespace", namespace, "labels", AgentPod.labels("collector")),
                "spec",
                of(
                        "selector",
                        of("matchLabels", AgentPod.labels("collector")),
                        "updateStrategy",
                        of("type", "RollingUpdate", "rollingUpdate", of("maxUnavailable", 1)),
                        "template",
                        of("metadata", of("labels", AgentPod.labels("collector")), "spec", pod())));
    }

    private Map<String, Object> pod() {
        Map<String, Object> pod = of("serviceAccountName", NAME);
        if (profiles) {
            // Processes are known by the machine's numbers.
            pod.put("hostPID", true);
        }
        // Nodes with taints have logs and processes too.
        pod.put("tolerations", List.of(of("operator", "Exists")));
        pod.put("containers", List.of(container()));
        List<Object> volumes = new ArrayList<>();
        mounts().forEach(mount -> volumes.add(mount.volume()));
        pod.put("volumes", volumes);
        return pod;
    }

    private Map<String, Object> container() {
        List<Object> mounts = new ArrayList<>();
        mounts().forEach(mount -> mounts.add(mount.mount()));
        return of(
                "name",
                "agent",
                "image",
                AgentPod.PROGRAM,
                "args",
                AgentPod.run("collector", "$(K8S_NODE_NAME)", STATE),
                "env",
                AgentPod.environment(),
                "ports",
                List.of(AgentPod.HEALTH_PORT, AgentPod.METRICS_PORT),
                "livenessProbe",
                of("httpGet", AgentPod.probe("/live"), "initialDelaySeconds", 10),
                "resources",
                resources(),
                "securityContext",
                security(),
                "volumeMounts",
                mounts);
    }

    private Map<String, Object> resources() {
        int memory = MEMORY_MIB + (profiles ? spec.collector().profiles().memoryBudgetMib() : 0);
        return of("requests", of("cpu", "50m", "memory", memory + "Mi"), "limits", of("memory", 2 * memory + "Mi"));
    }

    /** Root reads what the kubelet wrote without any capability; profiling needs those that docs/agent.md lists. */
    private Map<String, Object> security() {
        Map<String, Object> capabilities = of("drop", List.of("ALL"));
        if (profiles) {
            capabilities.put(
                    "add",
                    List.of("BPF", "PERFMON", "SYSLOG", "CHECKPOINT_RESTORE", "SYS_PTRACE", "DAC_READ_SEARCH", "KILL"));
        }
        Map<String, Object> security = of(
                "runAsUser",
                0,
                "allowPrivilegeEscalation",
                false,
                "readOnlyRootFilesystem",
                true,
                "seccompProfile",
                of("type", "RuntimeDefault"));
        if (profiles) {
            // The default profile hides other processes.
            security.put("appArmorProfile", of("type", "Unconfined"));
        }
        security.put("capabilities", capabilities);
        return security;
    }

    private List<NodePath> mounts() {
        List<NodePath> mounts = new ArrayList<>();
        if (logs) {
            mounts.add(NodePath.readOnly("pod-logs", spec.collector().podLogs().path()));
        }
        if (profiles) {
            // Names of pods and containers, until the API server has answered.
            mounts.add(NodePath.readOnly("container-logs", LINKS));
        }
        mounts.add(NodePath.kept("state", STATE, STATE + "/collector"));
        mounts.add(NodePath.scratch("tmp", "/tmp"));
        return mounts;
    }
}
