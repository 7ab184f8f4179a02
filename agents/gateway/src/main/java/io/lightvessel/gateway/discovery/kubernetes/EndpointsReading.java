package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.put;
import static io.lightvessel.gateway.discovery.kubernetes.PodFacts.text;

import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what is to be kept of an Endpoints object. */
final class EndpointsReading {

    private static final String KIND = "endpoints";

    private EndpointsReading() {}

    static EndpointsFacts of(MetaNames names, Endpoints object) {
        List<EndpointsFacts.Endpoint> endpoints = new ArrayList<>();
        for (EndpointSubset subset : object.getSubsets()) {
            for (EndpointPort port : subset.getPorts()) {
                for (EndpointAddress address : subset.getAddresses()) {
                    endpoints.add(endpoint(names, address, port, "true"));
                }
                for (EndpointAddress address : subset.getNotReadyAddresses()) {
                    endpoints.add(endpoint(names, address, port, "false"));
                }
            }
        }
        return new EndpointsFacts(
                KIND,
                names.shared(object.getMetadata().getNamespace()),
                object.getMetadata().getName(),
                object.getMetadata().getName(),
                "",
                Map.copyOf(EndpointsFacts.labels(names, KIND, object.getMetadata())),
                List.copyOf(endpoints));
    }

    private static EndpointsFacts.Endpoint endpoint(
            MetaNames names, EndpointAddress address, EndpointPort port, String ready) {
        Map<String, String> labels = new HashMap<>();
        put(labels, PREFIX + "endpoint_port_name", names.shared(text(port.getName())));
        put(labels, PREFIX + "endpoint_port_protocol", names.shared(text(port.getProtocol())));
        put(labels, PREFIX + "endpoint_ready", ready);
        String pod = EndpointsFacts.putTarget(names, labels, "endpoint", address.getTargetRef());
        if (address.getNodeName() != null) {
            put(labels, PREFIX + "endpoint_node_name", names.shared(address.getNodeName()));
        }
        if (!text(address.getHostname()).isEmpty()) {
            put(labels, PREFIX + "endpoint_hostname", address.getHostname());
        }
        return new EndpointsFacts.Endpoint(
                text(address.getIp()),
                port.getPort() == null ? 0 : port.getPort(),
                names.shared(text(port.getProtocol())),
                Map.copyOf(labels),
                pod,
                names.shared(text(address.getNodeName())));
    }
}
