package io.lightvessel.render.companion;

import static io.lightvessel.render.text.Tree.of;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the containers of all agents have in common. */
final class AgentPod {
    /** Whoever runs it builds it; both its program and its name. */
    static final String PROGRAM = "lightvessel-agent";

    static final String STATE = "/var/lib/lightvessel";
    static final Map<String, Object> HEALTH_PORT = port("health", 13133);
    static final Map<String, Object> METRICS_PORT = port("metrics", 8888);

    private AgentPod() {}

    static Map<String, Object> labels(String role) {
        return of("app.kubernetes.io/name", PROGRAM, "app.kubernetes.io/component", role);
    }

    /** The command line of an agent that the control plane configures. */
    static List<String> run(String role, String name, String state) {
        return List.of(
                "run",
                "--role",
                role,
                "--control-plane",
                "$(LIGHTVESSEL_CONTROL_PLANE)",
                "--state",
                state,
                "--name",
                name);
    }

    static Map<String, Object> port(String name, int port) {
        return of("name", name, "containerPort", port, "protocol", "TCP");
    }

    static Map<String, Object> probe(String path) {
        return of("path", path, "port", "health");
    }

    /** Who the agent is, where its control plane is, and how to enrol there. */
    static List<Object> environment() {
        return new ArrayList<>(List.of(
                field("K8S_NODE_NAME", "spec.nodeName"),
                field("K8S_NAMESPACE_NAME", "metadata.namespace"),
                field("K8S_POD_NAME", "metadata.name"),
                field("K8S_POD_UID", "metadata.uid"),
                of(
                        "name",
                        "LIGHTVESSEL_CONTROL_PLANE",
                        "valueFrom",
                        of("configMapKeyRef", of("name", "lightvessel-agent", "key", "control-plane"))),
                // Needed until the agent has a credential of its own.
                secret("LIGHTVESSEL_ENROLLMENT_TOKEN", "lightvessel-enrollment", "token", true)));
    }

    static Map<String, Object> secret(String variable, String name, String key, boolean optional) {
        Map<String, Object> reference = of("name", name, "key", key);
        if (optional) {
            reference.put("optional", true);
        }
        return of("name", variable, "valueFrom", of("secretKeyRef", reference));
    }

    private static Map<String, Object> field(String name, String path) {
        return of("name", name, "valueFrom", of("fieldRef", of("fieldPath", path)));
    }
}
