package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.NAMESPACE;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.put;
import static io.lightvessel.gateway.discovery.kubernetes.PodFacts.text;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a service.
 *
 * @param labels Prometheus' labels of the service, with that of its namespace
 * @param mainFamily of a service with addresses of both IP families the one that comes first, else empty
 */
record ServiceFacts(
        String namespace,
        String name,
        Map<String, String> labels,
        List<PodFacts.Port> ports,
        String type,
        String clusterIp,
        String externalName,
        String loadBalancerIp,
        String mainFamily) {

    static ServiceFacts of(MetaNames names, Service service) {
        ServiceSpec spec = service.getSpec() == null ? new ServiceSpec() : service.getSpec();
        String namespace = names.shared(service.getMetadata().getNamespace());
        Map<String, String> labels = new HashMap<>();
        put(labels, NAMESPACE, namespace);
        names.putMeta(labels, "service", service.getMetadata());
        List<PodFacts.Port> ports = new ArrayList<>();
        for (ServicePort port : spec.getPorts()) {
            ports.add(new PodFacts.Port(
                    names.shared(text(port.getName())),
                    port.getPort() == null ? 0 : port.getPort(),
                    names.shared(text(port.getProtocol()))));
        }
        boolean dualStack = text(spec.getIpFamilyPolicy()).endsWith("DualStack");
        return new ServiceFacts(
                namespace,
                service.getMetadata().getName(),
                Map.copyOf(labels),
                List.copyOf(ports),
                names.shared(text(spec.getType())),
                text(spec.getClusterIP()),
                text(spec.getExternalName()),
                text(spec.getLoadBalancerIP()),
                dualStack && !spec.getIpFamilies().isEmpty()
                        ? names.shared(spec.getIpFamilies().getFirst())
                        : "");
    }
}
