package io.lightvessel.wire;

/** The attribute keys by which an agent describes itself. */
public final class AgentAttributes {
    /** Value of {@link #SERVICE_NAME} for Lightvessel's own agents. */
    public static final String OWN_SERVICE_NAME = "io.lightvessel.agent";

    public static final String SERVICE_NAME = "service.name";
    public static final String SERVICE_NAMESPACE = "service.namespace";
    public static final String SERVICE_INSTANCE_ID = "service.instance.id";
    public static final String SERVICE_VERSION = "service.version";
    public static final String OS_TYPE = "os.type";
    public static final String HOST_NAME = "host.name";
    public static final String PROCESS_PID = "process.pid";
    public static final String ROLE = "lightvessel.role";
    public static final String AGENT_NAME = "lightvessel.agent.name";
    public static final String ENDPOINT_OTLP_GRPC = "lightvessel.endpoint.otlp.grpc";
    public static final String ENDPOINT_OTLP_HTTP = "lightvessel.endpoint.otlp.http";
    public static final String K8S_NODE_NAME = "k8s.node.name";
    public static final String K8S_NAMESPACE_NAME = "k8s.namespace.name";
    public static final String K8S_POD_NAME = "k8s.pod.name";
    public static final String K8S_POD_UID = "k8s.pod.uid";

    private AgentAttributes() {}
}
