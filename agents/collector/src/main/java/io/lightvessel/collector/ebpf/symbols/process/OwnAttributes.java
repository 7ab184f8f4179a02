package io.lightvessel.collector.ebpf.symbols.process;

import io.lightvessel.collector.ebpf.symbols.PodContainer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service says of itself to OpenTelemetry, in its environment as it was when it started.
 *
 * @param serviceName empty without one
 * @param pod null unless it names namespace and pod
 */
record OwnAttributes(String serviceName, @Nullable PodContainer pod) {
    static final OwnAttributes NONE = new OwnAttributes("", null);
    private static final int LONGEST = 128 * 1024;
    private static final String NAME = "OTEL_SERVICE_NAME=";
    private static final String ATTRIBUTES = "OTEL_RESOURCE_ATTRIBUTES=";

    /** Nothing else of the environment is kept. */
    static OwnAttributes read(ProcFs proc, int pid) {
        return find(proc.read(pid, "environ", LONGEST));
    }

    static OwnAttributes find(byte[] environment) {
        String name = "";
        Map<String, String> attributes = Map.of();
        for (String variable : new String(environment, StandardCharsets.UTF_8).split("\0")) {
            if (variable.startsWith(NAME)) {
                name = variable.substring(NAME.length());
            } else if (variable.startsWith(ATTRIBUTES)) {
                attributes = attributes(variable.substring(ATTRIBUTES.length()));
            }
        }
        String namespace = attributes.getOrDefault("k8s.namespace.name", "");
        String pod = attributes.getOrDefault("k8s.pod.name", "");
        return new OwnAttributes(
                name.isEmpty() ? attributes.getOrDefault("service.name", "") : name,
                namespace.isEmpty() || pod.isEmpty()
                        ? null
                        : new PodContainer(namespace, pod, attributes.getOrDefault("k8s.container.name", pod), ""));
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : text.split(",")) {
            int equals = attribute.indexOf('=');
            if (equals > 0) {
                attributes.put(
                        attribute.substring(0, equals).trim(),
                        attribute.substring(equals + 1).trim());
            }
        }
        return attributes;
    }
}
