package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.ADDRESS;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.NAMESPACE;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;

import io.lightvessel.gateway.discovery.TargetGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups of the roles pod, service, node and ingress: one object makes one group. */
final class SimpleGroups {

    private SimpleGroups() {}

    static TargetGroup pod(
            String source,
            PodFacts pod,
            @Nullable ScopedObjects<NodeFacts> nodes,
            @Nullable ScopedObjects<NamespaceFacts> spaces) {
        if (pod.ip().isEmpty()) {
            return new TargetGroup(source, List.of(), Map.of());
        }
        Map<String, String> labels = new HashMap<>(pod.labels());
        labels.put(NAMESPACE, pod.namespace());
        attachNode(labels, nodes, pod.node());
        attachNamespace(labels, spaces, pod.namespace());
        List<Map<String, String>> targets = new ArrayList<>();
        for (PodFacts.PodContainer container : pod.containers()) {
            if (container.ports().isEmpty()) {
                targets.add(container(container, pod.ip()));
            }
            for (PodFacts.Port port : container.ports()) {
                Map<String, String> target = container(container, MetaNames.joined(pod.ip(), port.number()));
                putPort(target, port);
                targets.add(target);
            }
        }
        return new TargetGroup(source, targets, labels);
    }

    private static Map<String, String> container(PodFacts.PodContainer container, String address) {
        Map<String, String> target = new HashMap<>();
        target.put(ADDRESS, address);
        target.put(PREFIX + "pod_container_name", container.name());
        target.put(PREFIX + "pod_container_id", container.id());
        target.put(PREFIX + "pod_container_image", container.image());
        target.put(PREFIX + "pod_container_init", String.valueOf(container.init()));
        return target;
    }

    static void putPort(Map<String, String> target, PodFacts.Port port) {
        target.put(PREFIX + "pod_container_port_name", port.name());
        target.put(PREFIX + "pod_container_port_number", String.valueOf(port.number()));
        target.put(PREFIX + "pod_container_port_protocol", port.protocol());
    }

    static TargetGroup service(String source, ServiceFacts service, @Nullable ScopedObjects<NamespaceFacts> spaces) {
        Map<String, String> labels = new HashMap<>(service.labels());
        attachNamespace(labels, spaces, service.namespace());
        List<Map<String, String>> targets = new ArrayList<>();
        for (PodFacts.Port port : service.ports()) {
            Map<String, String> target = new HashMap<>();
            target.put(ADDRESS, MetaNames.joined(service.name() + "." + service.namespace() + ".svc", port.number()));
            target.put(PREFIX + "service_port_name", port.name());
            target.put(PREFIX + "service_port_number", String.valueOf(port.number()));
            target.put(PREFIX + "service_port_protocol", port.protocol());
            target.put(PREFIX + "service_type", service.type());
            if (service.type().equals("ExternalName")) {
                target.put(PREFIX + "service_external_name", service.externalName());
            } else {
                target.put(PREFIX + "service_cluster_ip", service.clusterIp());
            }
            if (service.type().equals("LoadBalancer")) {
                target.put(PREFIX + "service_loadbalancer_ip", service.loadBalancerIp());
            }
            targets.add(target);
        }
        return new TargetGroup(source, targets, labels);
    }

    static TargetGroup node(String source, NodeFacts node) {
        if (node.address().isEmpty()) {
            return new TargetGroup(source, List.of(), Map.of());
        }
        Map<String, String> target = new HashMap<>();
        target.put(ADDRESS, MetaNames.joined(node.address(), node.kubeletPort()));
        target.put("instance", node.name());
        node.addresses()
                .forEach((type, address) -> target.put(PREFIX + "node_address_" + MetaNames.sanitized(type), address));
        return new TargetGroup(source, List.of(target), node.labels());
    }

    static TargetGroup ingress(String source, IngressFacts ingress, @Nullable ScopedObjects<NamespaceFacts> spaces) {
        Map<String, String> labels = new HashMap<>(ingress.labels());
        attachNamespace(labels, spaces, ingress.namespace());
        List<Map<String, String>> targets = new ArrayList<>();
        for (IngressFacts.Route route : ingress.routes()) {
            targets.add(Map.of(
                    ADDRESS,
                    route.host(),
                    PREFIX + "ingress_scheme",
                    route.scheme(),
                    PREFIX + "ingress_host",
                    route.host(),
                    PREFIX + "ingress_path",
                    route.path()));
        }
        return new TargetGroup(source, targets, labels);
    }

    static void attachNode(Map<String, String> labels, @Nullable ScopedObjects<NodeFacts> nodes, String node) {
        NodeFacts facts = nodes == null ? null : nodes.get(node);
        if (facts != null) {
            labels.putAll(facts.attached());
        }
    }

    static void attachNamespace(
            Map<String, String> labels, @Nullable ScopedObjects<NamespaceFacts> spaces, String namespace) {
        NamespaceFacts facts = spaces == null ? null : spaces.get(namespace);
        if (facts != null) {
            labels.putAll(facts.attached());
        }
    }
}
