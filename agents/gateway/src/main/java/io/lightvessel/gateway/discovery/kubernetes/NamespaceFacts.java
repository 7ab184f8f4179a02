package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import java.util.HashMap;
import java.util.Map;

/** What is kept of a namespace: the labels that targets in it get with {@code attach_metadata}. */
record NamespaceFacts(String name, Map<String, String> attached) {

    static NamespaceFacts of(MetaNames names, Namespace namespace) {
        Map<String, String> attached = new HashMap<>();
        names.putMeta(attached, "namespace", namespace.getMetadata());
        attached.remove(MetaNames.PREFIX + "namespace_name");
        return new NamespaceFacts(namespace.getMetadata().getName(), Map.copyOf(attached));
    }
}
