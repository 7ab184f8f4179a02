package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.ADDRESS;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;

import io.lightvessel.gateway.discovery.TargetGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the roles endpoints and endpointslice. A pod behind an endpoint adds its labels, and the container ports
 * that no endpoint covers become targets too.
 */
final class EndpointGroups {

    private final ScopedObjects<ServiceFacts> services;
    private final ScopedObjects<PodFacts> pods;
    private final @Nullable ScopedObjects<NodeFacts> nodes;
    private final @Nullable ScopedObjects<NamespaceFacts> spaces;

    EndpointGroups(
            ScopedObjects<ServiceFacts> services,
            ScopedObjects<PodFacts> pods,
            @Nullable ScopedObjects<NodeFacts> nodes,
            @Nullable ScopedObjects<NamespaceFacts> spaces) {
        this.services = services;
        this.pods = pods;
        this.nodes = nodes;
        this.spaces = spaces;
    }

    TargetGroup make(String source, EndpointsFacts endpoints) {
        Map<String, String> labels = new HashMap<>(endpoints.labels());
        ServiceFacts service = services.get(endpoints.namespace() + "/" + endpoints.service());
        if (service != null) {
            labels.putAll(service.labels());
        }
        SimpleGroups.attachNamespace(labels, spaces, endpoints.namespace());
        if (service != null && isSecondFamily(endpoints, service)) {
            return new TargetGroup(source, List.of(), Map.of());
        }
        List<Map<String, String>> targets = new ArrayList<>();
        Map<String, Set<Integer>> covered = new LinkedHashMap<>();
        for (EndpointsFacts.Endpoint endpoint : endpoints.endpoints()) {
            Map<String, String> target = new HashMap<>(endpoint.labels());
            target.put(
                    ADDRESS,
                    endpoint.port() == 0 ? endpoint.host() : MetaNames.joined(endpoint.host(), endpoint.port()));
            SimpleGroups.attachNode(target, nodes, endpoint.node());
            PodFacts pod = pods.get(endpoint.pod());
            if (pod != null) {
                target.putAll(pod.labels());
                putContainer(target, pod, endpoint.port());
                covered.computeIfAbsent(endpoint.pod(), _ -> new HashSet<>()).add(endpoint.port());
            }
            targets.add(target);
        }
        covered.forEach((id, ports) -> addUncovered(targets, pods.get(id), ports));
        return new TargetGroup(source, targets, labels);
    }

    /** A service with addresses of both families has slices of both; its pods are the same, and targets but once. */
    private static boolean isSecondFamily(EndpointsFacts endpoints, ServiceFacts service) {
        return !service.mainFamily().isEmpty()
                && endpoints.addressType().startsWith("IP")
                && !endpoints.addressType().equals(service.mainFamily());
    }

    private static void putContainer(Map<String, String> target, PodFacts pod, int port) {
        for (PodFacts.PodContainer container : pod.containers()) {
            for (PodFacts.Port declared : container.ports()) {
                if (port != 0 && declared.number() == port) {
                    putContainer(target, container, declared);
                    break;
                }
            }
        }
    }

    private static void putContainer(Map<String, String> target, PodFacts.PodContainer container, PodFacts.Port port) {
        target.put(PREFIX + "pod_container_name", container.name());
        target.put(PREFIX + "pod_container_image", container.image());
        target.put(PREFIX + "pod_container_init", String.valueOf(container.init()));
        SimpleGroups.putPort(target, port);
    }

    private static void addUncovered(List<Map<String, String>> targets, @Nullable PodFacts pod, Set<Integer> ports) {
        if (pod == null || pod.ip().isEmpty()) {
            return;
        }
        for (PodFacts.PodContainer container : pod.containers()) {
            for (PodFacts.Port port : container.ports()) {
                if (!ports.contains(port.number())) {
                    Map<String, String> target = new HashMap<>(pod.labels());
                    target.put(ADDRESS, MetaNames.joined(pod.ip(), port.number()));
                    putContainer(target, container, port);
                    targets.add(target);
                }
            }
        }
    }
}
