package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.put;
import static io.lightvessel.gateway.discovery.kubernetes.PodFacts.text;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a node.
 *
 * @param labels Prometheus' labels of the node
 * @param attached those that targets on the node get with {@code attach_metadata}
 * @param addresses the first one of each type
 * @param address the one it is reached at; empty when it has none
 */
record NodeFacts(
        String name,
        Map<String, String> labels,
        Map<String, String> attached,
        Map<String, String> addresses,
        String address,
        int kubeletPort) {

    private static final List<String> PREFERRED =
            List.of("InternalIP", "InternalDNS", "ExternalIP", "ExternalDNS", "LegacyHostIP", "Hostname");

    static NodeFacts of(MetaNames names, Node node) {
        NodeStatus status = node.getStatus() == null ? new NodeStatus() : node.getStatus();
        Map<String, String> labels = new HashMap<>();
        put(
                labels,
                PREFIX + "node_provider_id",
                node.getSpec() == null ? "" : text(node.getSpec().getProviderID()));
        names.putMeta(labels, "node", node.getMetadata());
        Map<String, String> attached = new HashMap<>();
        put(attached, PREFIX + "node_name", node.getMetadata().getName());
        names.putLabels(attached, "node", node.getMetadata());
        Map<String, String> addresses = new LinkedHashMap<>();
        for (NodeAddress address : status.getAddresses()) {
            addresses.putIfAbsent(text(address.getType()), text(address.getAddress()));
        }
        return new NodeFacts(
                node.getMetadata().getName(),
                Map.copyOf(labels),
                Map.copyOf(attached),
                Map.copyOf(addresses),
                address(addresses),
                port(status));
    }

    private static String address(Map<String, String> addresses) {
        for (String type : PREFERRED) {
            String address = addresses.get(type);
            if (address != null) {
                return address;
            }
        }
        return "";
    }

    private static int port(NodeStatus status) {
        if (status.getDaemonEndpoints() == null
                || status.getDaemonEndpoints().getKubeletEndpoint() == null
                || status.getDaemonEndpoints().getKubeletEndpoint().getPort() == null) {
            return 0;
        }
        return status.getDaemonEndpoints().getKubeletEndpoint().getPort();
    }
}
