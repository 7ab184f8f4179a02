package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.NAMESPACE;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.put;
import static io.lightvessel.gateway.discovery.kubernetes.PodFacts.text;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an Endpoints object or an EndpointSlice.
 *
 * @param kind {@code endpoints} or {@code endpointslice}
 * @param service the name of the service they belong to; empty when that is not known
 * @param addressType empty for Endpoints
 */
record EndpointsFacts(
        String kind,
        String namespace,
        String name,
        String service,
        String addressType,
        Map<String, String> labels,
        List<Endpoint> endpoints) {

    /**
     * An address with a port.
     *
     * @param host without the port
     * @param port 0 when there is none
     * @param labels what Prometheus makes of both, without {@code __address__}
     * @param pod the key of the pod behind it; empty when it is none
     * @param node where it is; empty when that is not known
     */
    record Endpoint(String host, int port, String protocol, Map<String, String> labels, String pod, String node) {}

    static Map<String, String> labels(MetaNames names, String kind, ObjectMeta meta) {
        Map<String, String> labels = new HashMap<>();
        put(labels, NAMESPACE, names.shared(meta.getNamespace()));
        names.putMeta(labels, kind, meta);
        return labels;
    }

    /** Puts what an endpoint refers to, and tells the key of the pod if it is one. */
    static String putTarget(
            MetaNames names, Map<String, String> labels, String prefix, @Nullable ObjectReference target) {
        if (target == null) {
            return "";
        }
        put(labels, names.shared(PREFIX + prefix + "_address_target_kind"), names.shared(text(target.getKind())));
        put(labels, names.shared(PREFIX + prefix + "_address_target_name"), text(target.getName()));
        return "Pod".equals(target.getKind()) ? text(target.getNamespace()) + "/" + text(target.getName()) : "";
    }
}
