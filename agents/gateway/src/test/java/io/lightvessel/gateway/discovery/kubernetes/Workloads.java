package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pods, services and nodes of a mocked cluster, in its namespace {@code shop}. */
final class Workloads {

    static final String NODE = "node-a";

    private final TestCluster cluster;

    Workloads(TestCluster cluster) {
        this.cluster = cluster;
    }

    static Container container(String name, int... ports) {
        List<ContainerPort> declared = new ArrayList<>();
        for (int port : ports) {
            declared.add(new ContainerPortBuilder()
                    .withContainerPort(port)
                    .withProtocol("TCP")
                    .build());
        }
        return new ContainerBuilder().withName(name).withPorts(declared).build();
    }

    void pod(String name, String ip, Map<String, String> annotations, Container... containers) {
        pod(name, ip, "Running", annotations, List.of(), containers);
    }

    void pod(
            String name,
            String ip,
            String phase,
            Map<String, String> annotations,
            List<Container> first,
            Container... containers) {
        cluster.client()
                .pods()
                .inNamespace(cluster.shop())
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName(name)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(NODE)
                        .withInitContainers(first)
                        .withContainers(containers)
                        .endSpec()
                        .withNewStatus()
                        .withPhase(phase)
                        .withPodIP(ip)
                        .endStatus()
                        .build())
                .create();
    }

    void service(String name, Map<String, String> labels, Map<String, String> annotations) {
        cluster.client()
                .services()
                .inNamespace(cluster.shop())
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName(name)
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withType("ClusterIP")
                        .endSpec()
                        .build())
                .create();
    }

    /** The endpoint of a service: one pod, one port. */
    void endpoint(String service, String pod, String ip, String portName, int port) {
        cluster.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(cluster.shop())
                .resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName(service + "-" + portName + "-" + pod)
                        .addToLabels("kubernetes.io/service-name", service)
                        .endMetadata()
                        .withAddressType(ip.contains(":") ? "IPv6" : "IPv4")
                        .addNewEndpoint()
                        .withAddresses(ip)
                        .withNodeName(NODE)
                        .withTargetRef(new ObjectReferenceBuilder()
                                .withKind("Pod")
                                .withNamespace(cluster.shop())
                                .withName(pod)
                                .build())
                        .endEndpoint()
                        .addNewPort()
                        .withName(portName)
                        .withPort(port)
                        .withProtocol("TCP")
                        .endPort()
                        .build())
                .create();
    }

    void node(String name, String ip) {
        cluster.client()
                .nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("test", cluster.shop())
                        .endMetadata()
                        .withNewStatus()
                        .addNewAddress(ip, "InternalIP")
                        .withNewDaemonEndpoints()
                        .withNewKubeletEndpoint(10250)
                        .endDaemonEndpoints()
                        .endStatus()
                        .build())
                .create();
    }
}
