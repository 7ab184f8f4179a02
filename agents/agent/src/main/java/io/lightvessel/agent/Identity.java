package io.lightvessel.agent;

import io.lightvessel.wire.AgentAttributes;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AnyValue;
import io.lightvessel.wire.opamp.KeyValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Describes this agent to the control plane. */
final class Identity {
    /** Set by the chart through the downward API. */
    private static final Map<String, String> KUBERNETES = Map.of(
            "K8S_NODE_NAME", AgentAttributes.K8S_NODE_NAME,
            "K8S_NAMESPACE_NAME", AgentAttributes.K8S_NAMESPACE_NAME,
            "K8S_POD_NAME", AgentAttributes.K8S_POD_NAME,
            "K8S_POD_UID", AgentAttributes.K8S_POD_UID);

    private final InstanceUid uid;
    private final String name;
    private final Optional<String> role;
    private final Supplier<Optional<String>> cluster;
    private final Map<String, String> environment;

    // Asked once: the description is made every second, and a name service may be slow.
    private final String host = HostName.get();

    Identity(
            InstanceUid uid,
            String name,
            Optional<String> role,
            Supplier<Optional<String>> cluster,
            Map<String, String> environment) {
        this.uid = uid;
        this.name = name;
        this.role = role;
        this.cluster = cluster;
        this.environment = environment;
    }

    InstanceUid uid() {
        return uid;
    }

    String name() {
        return name;
    }

    Optional<String> role() {
        return role;
    }

    /** The description with the listeners' endpoints by protocol. */
    AgentDescription describe(Map<String, String> endpoints) {
        AgentDescription.Builder description = AgentDescription.newBuilder();
        identifying(description, AgentAttributes.SERVICE_NAME, AgentAttributes.OWN_SERVICE_NAME);
        cluster.get().ifPresent(slug -> identifying(description, AgentAttributes.SERVICE_NAMESPACE, slug));
        identifying(description, AgentAttributes.SERVICE_INSTANCE_ID, uid.toString());
        identifying(description, AgentAttributes.SERVICE_VERSION, AgentVersion.get());

        other(description, AgentAttributes.OS_TYPE, osType());
        other(description, AgentAttributes.HOST_NAME, host);
        description.addNonIdentifyingAttributes(KeyValue.newBuilder()
                .setKey(AgentAttributes.PROCESS_PID)
                .setValue(AnyValue.newBuilder()
                        .setIntValue(ProcessHandle.current().pid())));
        other(description, AgentAttributes.AGENT_NAME, name);
        role.ifPresent(value -> other(description, AgentAttributes.ROLE, value));
        KUBERNETES.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(variable -> {
            String value = environment.get(variable.getKey());
            if (value != null && !value.isBlank()) {
                other(description, variable.getValue(), value);
            }
        });
        endpoint(description, endpoints, "grpc", AgentAttributes.ENDPOINT_OTLP_GRPC);
        endpoint(description, endpoints, "http", AgentAttributes.ENDPOINT_OTLP_HTTP);
        return description.build();
    }

    private static void endpoint(
            AgentDescription.Builder description, Map<String, String> endpoints, String protocol, String key) {
        String endpoint = endpoints.get(protocol);
        if (endpoint != null) {
            other(description, key, endpoint);
        }
    }

    private static void identifying(AgentDescription.Builder description, String key, String value) {
        description.addIdentifyingAttributes(attribute(key, value));
    }

    private static void other(AgentDescription.Builder description, String key, String value) {
        description.addNonIdentifyingAttributes(attribute(key, value));
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    /** The names OpenTelemetry's semantic conventions use. */
    private static String osType() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return "darwin";
        }
        return os.startsWith("windows") ? "windows" : os;
    }
}
