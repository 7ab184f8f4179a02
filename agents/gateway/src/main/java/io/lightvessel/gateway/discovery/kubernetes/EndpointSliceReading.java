package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.put;
import static io.lightvessel.gateway.discovery.kubernetes.PodFacts.text;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is to be kept of an EndpointSlice. */
final class EndpointSliceReading {

    private static final String KIND = "endpointslice";
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private EndpointSliceReading() {}

    static EndpointsFacts of(MetaNames names, EndpointSlice slice) {
        Map<String, String> labels = EndpointsFacts.labels(names, KIND, slice.getMetadata());
        String addressType = names.shared(text(slice.getAddressType()));
        put(labels, PREFIX + "endpointslice_address_type", addressType);
        List<EndpointsFacts.Endpoint> endpoints = new ArrayList<>();
        for (Endpoint endpoint : slice.getEndpoints()) {
            for (EndpointPort port : slice.getPorts()) {
                for (String address : endpoint.getAddresses()) {
                    endpoints.add(endpoint(names, endpoint, port, address));
                }
            }
        }
        Map<String, String> own = slice.getMetadata().getLabels();
        return new EndpointsFacts(
                KIND,
                names.shared(slice.getMetadata().getNamespace()),
                slice.getMetadata().getName(),
                own == null ? "" : names.shared(text(own.get(SERVICE_NAME))),
                addressType,
                Map.copyOf(labels),
                List.copyOf(endpoints));
    }

    private static EndpointsFacts.Endpoint endpoint(
            MetaNames names, Endpoint endpoint, EndpointPort port, String address) {
        Map<String, String> labels = new HashMap<>();
        shared(names, labels, "endpointslice_port_name", port.getName());
        shared(names, labels, "endpointslice_port_protocol", port.getProtocol());
        if (port.getPort() != null) {
            put(labels, PREFIX + "endpointslice_port", names.shared(String.valueOf(port.getPort())));
        }
        shared(names, labels, "endpointslice_port_app_protocol", port.getAppProtocol());
        EndpointConditions conditions = endpoint.getConditions();
        if (conditions != null) {
            condition(names, labels, "ready", conditions.getReady());
            condition(names, labels, "serving", conditions.getServing());
            condition(names, labels, "terminating", conditions.getTerminating());
        }
        shared(names, labels, "endpointslice_endpoint_hostname", endpoint.getHostname());
        String pod = EndpointsFacts.putTarget(names, labels, KIND, endpoint.getTargetRef());
        shared(names, labels, "endpointslice_endpoint_node_name", endpoint.getNodeName());
        shared(names, labels, "endpointslice_endpoint_zone", endpoint.getZone());
        if (endpoint.getDeprecatedTopology() != null) {
            topology(names, labels, endpoint.getDeprecatedTopology());
        }
        boolean isNode = endpoint.getTargetRef() != null
                && "Node".equals(endpoint.getTargetRef().getKind());
        return new EndpointsFacts.Endpoint(
                address,
                port.getPort() == null ? 0 : port.getPort(),
                names.shared(text(port.getProtocol())),
                Map.copyOf(labels),
                pod,
                names.shared(text(isNode ? endpoint.getTargetRef().getName() : endpoint.getNodeName())));
    }

    private static void topology(MetaNames names, Map<String, String> labels, Map<String, String> topology) {
        topology.forEach((key, value) -> {
            String name = MetaNames.sanitized(key);
            put(labels, names.shared(PREFIX + "endpointslice_endpoint_topology_" + name), names.shared(text(value)));
            put(labels, names.shared(PREFIX + "endpointslice_endpoint_topology_present_" + name), "true");
        });
    }

    private static void condition(MetaNames names, Map<String, String> labels, String name, @Nullable Boolean holds) {
        if (holds != null) {
            put(labels, names.shared(PREFIX + "endpointslice_endpoint_conditions_" + name), holds.toString());
        }
    }

    private static void shared(MetaNames names, Map<String, String> labels, String name, @Nullable String value) {
        if (value != null) {
            put(labels, names.shared(PREFIX + name), names.shared(value));
        }
    }
}
