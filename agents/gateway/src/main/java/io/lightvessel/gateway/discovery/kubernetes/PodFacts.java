package io.lightvessel.gateway.discovery.kubernetes;

import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.PREFIX;
import static io.lightvessel.gateway.discovery.kubernetes.MetaNames.put;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod.
 *
 * @param labels Prometheus' labels of the pod, without that of its namespace
 * @param ip empty while it has none
 * @param node empty until it is placed
 */
record PodFacts(
        String namespace,
        String name,
        String ip,
        String node,
        Map<String, String> labels,
        List<PodContainer> containers) {

    /** A container with the ports it declares. */
    record PodContainer(String name, String image, String id, boolean init, List<Port> ports) {}

    /** A declared port. */
    record Port(String name, int number, String protocol) {}

    static PodFacts of(MetaNames names, Pod pod) {
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        String ip = text(status.getPodIP());
        String node =
                names.shared(pod.getSpec() == null ? "" : text(pod.getSpec().getNodeName()));
        Map<String, String> labels = new HashMap<>();
        names.putMeta(labels, "pod", pod.getMetadata());
        put(labels, PREFIX + "pod_ip", ip);
        put(labels, PREFIX + "pod_ready", ready(status));
        put(labels, PREFIX + "pod_phase", names.shared(text(status.getPhase())));
        put(labels, PREFIX + "pod_node_name", node);
        put(labels, PREFIX + "pod_host_ip", names.shared(text(status.getHostIP())));
        put(labels, PREFIX + "pod_uid", text(pod.getMetadata().getUid()));
        controller(names, labels, pod);
        return new PodFacts(
                names.shared(pod.getMetadata().getNamespace()),
                pod.getMetadata().getName(),
                ip,
                node,
                Map.copyOf(labels),
                containers(names, pod, status));
    }

    private static void controller(MetaNames names, Map<String, String> labels, Pod pod) {
        for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())) {
                if (!text(owner.getKind()).isEmpty()) {
                    put(labels, PREFIX + "pod_controller_kind", names.shared(owner.getKind()));
                }
                if (!text(owner.getName()).isEmpty()) {
                    put(labels, PREFIX + "pod_controller_name", names.shared(owner.getName()));
                }
                return;
            }
        }
    }

    private static List<PodContainer> containers(MetaNames names, Pod pod, PodStatus status) {
        List<PodContainer> containers = new ArrayList<>();
        if (pod.getSpec() != null) {
            add(containers, names, pod.getSpec().getContainers(), status.getContainerStatuses(), false);
            add(containers, names, pod.getSpec().getInitContainers(), status.getInitContainerStatuses(), true);
        }
        return List.copyOf(containers);
    }

    private static void add(
            List<PodContainer> all,
            MetaNames names,
            List<Container> containers,
            List<ContainerStatus> statuses,
            boolean init) {
        for (Container container : containers) {
            List<Port> ports = new ArrayList<>();
            for (ContainerPort port : container.getPorts()) {
                ports.add(new Port(
                        names.shared(text(port.getName())),
                        port.getContainerPort() == null ? 0 : port.getContainerPort(),
                        names.shared(text(port.getProtocol()))));
            }
            all.add(new PodContainer(
                    names.shared(container.getName()),
                    names.shared(text(container.getImage())),
                    id(statuses, container.getName()),
                    init,
                    List.copyOf(ports)));
        }
    }

    private static String id(List<ContainerStatus> statuses, String container) {
        for (ContainerStatus status : statuses) {
            if (container.equals(status.getName())) {
                return text(status.getContainerID());
            }
        }
        return "";
    }

    private static String ready(PodStatus status) {
        for (PodCondition condition : status.getConditions()) {
            if ("Ready".equals(condition.getType())) {
                return text(condition.getStatus()).toLowerCase(Locale.ROOT).intern();
            }
        }
        return "unknown";
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
