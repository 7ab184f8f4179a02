package io.lightvessel.gateway.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.lightvessel.gateway.discovery.Discovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesDiscoveryTest {

    private static final String M = "__meta_kubernetes_";

    private static final MockApi MOCK = new MockApi();

    private final TestCluster cluster = new TestCluster(MOCK);
    private final KubernetesApis apis = new KubernetesApis();
    private final List<Discovery> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Discovery::close);
        apis.close();
        cluster.close();
    }

    @Test
    void podsBecomeATargetForEachPort() {
        Pod pod = cluster.pod(cluster.shop(), "cart-1", Map.of("app", "cart"), "192.0.2.10");

        HeardTargets heard = start(cluster.config(Role.POD));

        Map<String, String> target =
                heard.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080").get("192.0.2.10:9090");
        assertThat(target)
                .containsEntry(M + "namespace", cluster.shop())
                .containsEntry(M + "pod_name", "cart-1")
                .containsEntry(M + "pod_ip", "192.0.2.10")
                .containsEntry(M + "pod_ready", "true")
                .containsEntry(M + "pod_phase", "Running")
                .containsEntry(M + "pod_host_ip", "192.0.2.1")
                .containsEntry(M + "pod_uid", pod.getMetadata().getUid())
                .containsEntry(M + "pod_label_app", "cart")
                .containsEntry(M + "pod_labelpresent_app", "true")
                .containsEntry(M + "pod_annotation_example_com_owner", "sales")
                .containsEntry(M + "pod_annotationpresent_example_com_owner", "true")
                .containsEntry(M + "pod_container_name", "app")
                .containsEntry(M + "pod_container_image", "registry.example/app:1")
                .containsEntry(M + "pod_container_init", "false")
                .containsEntry(M + "pod_container_port_name", "metrics")
                .containsEntry(M + "pod_container_port_number", "9090")
                .containsEntry(M + "pod_container_port_protocol", "TCP");
        assertThat(heard.problem()).isNull();
    }

    @Test
    void targetsComeChangeAndGoWithTheirPods() {
        HeardTargets heard = start(cluster.config(Role.POD));
        Pod pod = cluster.pod(cluster.shop(), "cart-1", Map.of("app", "cart"), "192.0.2.10");
        heard.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");

        cluster.running(pod, "192.0.2.11");
        heard.awaitAddresses("192.0.2.11:9090", "192.0.2.11:8080");

        cluster.client()
                .pods()
                .inNamespace(cluster.shop())
                .withName("cart-1")
                .edit(now -> new PodBuilder(now)
                        .editMetadata()
                        .addToLabels("tier", "front")
                        .endMetadata()
                        .build());
        heard.await(targets ->
                targets.values().stream().allMatch(target -> "front".equals(target.get(M + "pod_label_tier"))));

        cluster.client()
                .pods()
                .inNamespace(cluster.shop())
                .withName("cart-1")
                .withGracePeriod(0)
                .delete();
        heard.awaitAddresses();
    }

    @Test
    void otherNamespacesAreNotLookedAt() {
        cluster.pod(cluster.other(), "foreign", Map.of(), "192.0.2.99");
        cluster.pod(cluster.shop(), "cart-1", Map.of(), "192.0.2.10");

        HeardTargets one = start(cluster.config(Role.POD));
        start(KubernetesSdConfig.of(Role.POD, cluster.access()));
        HeardTargets filtered = start(new KubernetesSdConfig(
                Role.POD, cluster.access(), List.of(cluster.shop()), false, List.of(), false, false));
        HeardTargets both = start(new KubernetesSdConfig(
                Role.POD, cluster.access(), List.of(cluster.shop(), cluster.other()), false, List.of(), false, false));

        one.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");
        filtered.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");
        both.await(targets -> targets.size() == 4);
    }

    @Test
    void selectorsNarrowWhatIsWatched() {
        cluster.pod(cluster.shop(), "cart-1", Map.of("app", "cart"), "192.0.2.10");
        cluster.pod(cluster.shop(), "mail-1", Map.of("app", "mail"), "192.0.2.20");

        HeardTargets byLabel = start(new KubernetesSdConfig(
                Role.POD,
                cluster.access(),
                List.of(cluster.shop()),
                false,
                List.of(new Selector(Role.POD, "app=mail", "")),
                false,
                false));
        HeardTargets byField = start(new KubernetesSdConfig(
                Role.POD,
                cluster.access(),
                List.of(cluster.shop()),
                false,
                List.of(new Selector(Role.POD, "", "metadata.name=cart-1")),
                false,
                false));

        byLabel.awaitAddresses("192.0.2.20:9090", "192.0.2.20:8080");
        byField.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");
    }

    @Test
    void servicesBecomeATargetForEachPort() {
        service("cart");

        HeardTargets heard = start(cluster.config(Role.SERVICE));

        String address = "cart." + cluster.shop() + ".svc:80";
        assertThat(heard.awaitAddresses(address).get(address))
                .containsEntry(M + "namespace", cluster.shop())
                .containsEntry(M + "service_name", "cart")
                .containsEntry(M + "service_label_app", "cart")
                .containsEntry(M + "service_port_name", "web")
                .containsEntry(M + "service_port_number", "80")
                .containsEntry(M + "service_port_protocol", "TCP")
                .containsEntry(M + "service_type", "ClusterIP")
                .containsKey(M + "service_cluster_ip");
    }

    @Test
    void endpointSlicesJoinServiceAndPod() {
        service("cart");
        cluster.pod(cluster.shop(), "cart-1", Map.of("app", "cart"), "192.0.2.10");
        slice("cart-x", "cart", "cart-1", "192.0.2.10");

        HeardTargets heard = start(cluster.config(Role.ENDPOINTSLICE));

        Map<String, Map<String, String>> targets = heard.awaitAddresses("192.0.2.10:9090", "192.0.2.10:8080");
        assertThat(targets.get("192.0.2.10:9090"))
                .containsEntry(M + "namespace", cluster.shop())
                .containsEntry(M + "service_name", "cart")
                .containsEntry(M + "service_label_app", "cart")
                .containsEntry(M + "endpointslice_name", "cart-x")
                .containsEntry(M + "endpointslice_address_type", "IPv4")
                .containsEntry(M + "endpointslice_port", "9090")
                .containsEntry(M + "endpointslice_port_name", "metrics")
                .containsEntry(M + "endpointslice_endpoint_conditions_ready", "true")
                .containsEntry(M + "endpointslice_address_target_kind", "Pod")
                .containsEntry(M + "endpointslice_address_target_name", "cart-1")
                .containsEntry(M + "endpointslice_label_kubernetes_io_service_name", "cart")
                .containsEntry(M + "pod_name", "cart-1")
                .containsEntry(M + "pod_label_app", "cart")
                .containsEntry(M + "pod_container_port_name", "metrics");
        assertThat(targets.get("192.0.2.10:8080"))
                .as("a container port that no endpoint covers")
                .containsEntry(M + "pod_container_port_name", "http")
                .containsEntry(M + "service_name", "cart")
                .doesNotContainKey(M + "endpointslice_port_name");
    }

    @Test
    void aChangeOfServiceOrPodChangesTheTargetsOfTheirSlices() {
        service("cart");
        cluster.pod(cluster.shop(), "cart-1", Map.of("app", "cart"), "192.0.2.10");
        slice("cart-x", "cart", "cart-1", "192.0.2.10");
        HeardTargets heard = start(cluster.config(Role.ENDPOINTSLICE));
        heard.await(targets -> targets.size() == 2);

        cluster.client()
                .services()
                .inNamespace(cluster.shop())
                .withName("cart")
                .edit(now -> new ServiceBuilder(now)
                        .editMetadata()
                        .addToLabels("tier", "front")
                        .endMetadata()
                        .build());
        heard.await(targets ->
                targets.values().stream().allMatch(target -> "front".equals(target.get(M + "service_label_tier"))));

        cluster.client()
                .pods()
                .inNamespace(cluster.shop())
                .withName("cart-1")
                .withGracePeriod(0)
                .delete();
        heard.await(targets ->
                targets.size() == 1 && !targets.get("192.0.2.10:9090").containsKey(M + "pod_name"));
    }

    @Test
    void endpointsJoinServiceAndPod() {
        service("cart");
        cluster.pod(cluster.shop(), "cart-1", Map.of("app", "cart"), "192.0.2.10");
        cluster.client()
                .endpoints()
                .inNamespace(cluster.shop())
                .resource(new EndpointsBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName("cart")
                        .endMetadata()
                        .addNewSubset()
                        .addNewAddress()
                        .withIp("192.0.2.10")
                        .withTargetRef(reference("cart-1"))
                        .endAddress()
                        .addNewNotReadyAddress()
                        .withIp("192.0.2.12")
                        .endNotReadyAddress()
                        .addNewPort()
                        .withName("metrics")
                        .withPort(9090)
                        .withProtocol("TCP")
                        .endPort()
                        .endSubset()
                        .build())
                .create();

        HeardTargets heard = start(cluster.config(Role.ENDPOINTS));

        Map<String, Map<String, String>> targets = heard.await(all -> all.containsKey("192.0.2.12:9090"));
        assertThat(targets.get("192.0.2.10:9090"))
                .containsEntry(M + "endpoints_name", "cart")
                .containsEntry(M + "endpoint_ready", "true")
                .containsEntry(M + "endpoint_port_name", "metrics")
                .containsEntry(M + "endpoint_port_protocol", "TCP")
                .containsEntry(M + "endpoint_address_target_kind", "Pod")
                .containsEntry(M + "endpoint_address_target_name", "cart-1")
                .containsEntry(M + "service_name", "cart")
                .containsEntry(M + "pod_label_app", "cart");
        assertThat(targets.get("192.0.2.12:9090")).containsEntry(M + "endpoint_ready", "false");
    }

    @Test
    void nodesAreReachedAtTheirKubelet() {
        assumeTrue(cluster.isMock(), "nodes of a real cluster are not the test's to make");
        String node = node();

        HeardTargets heard = start(new KubernetesSdConfig(
                Role.NODE,
                cluster.access(),
                List.of(),
                false,
                List.of(new Selector(Role.NODE, "test=" + cluster.shop(), "")),
                false,
                false));

        assertThat(heard.await(targets -> targets.containsKey("192.0.2.1:10250"))
                        .get("192.0.2.1:10250"))
                .containsEntry("instance", node)
                .containsEntry(M + "node_name", node)
                .containsEntry(M + "node_provider_id", "cloud://a")
                .containsEntry(M + "node_label_topology_kubernetes_io_zone", "z1")
                .containsEntry(M + "node_labelpresent_topology_kubernetes_io_zone", "true")
                .containsEntry(M + "node_address_InternalIP", "192.0.2.1")
                .containsEntry(M + "node_address_Hostname", "a.example");
    }

    @Test
    void metadataOfNodeAndNamespaceIsAttachedAndFollowed() {
        assumeTrue(cluster.isMock(), "nodes of a real cluster are not the test's to make");
        String node = node();
        cluster.client()
                .pods()
                .inNamespace(cluster.shop())
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName("cart-1")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(node)
                        .addNewContainer()
                        .withName("app")
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPodIP("192.0.2.10")
                        .endStatus()
                        .build())
                .create();

        HeardTargets heard = start(new KubernetesSdConfig(
                Role.POD, cluster.access(), List.of(cluster.shop()), false, List.of(), true, true));

        assertThat(heard.awaitAddresses("192.0.2.10").get("192.0.2.10"))
                .containsEntry(M + "node_name", node)
                .containsEntry(M + "node_label_topology_kubernetes_io_zone", "z1")
                .containsEntry(M + "namespace_label_team", "shop")
                .containsEntry(M + "namespace_labelpresent_team", "true");

        cluster.client()
                .nodes()
                .withName(node)
                .edit(now -> new NodeBuilder(now)
                        .editMetadata()
                        .addToLabels("topology.kubernetes.io/zone", "z2")
                        .endMetadata()
                        .build());
        heard.await(
                targets -> "z2".equals(targets.get("192.0.2.10").get(M + "node_label_topology_kubernetes_io_zone")));
    }

    @Test
    void aLateSubscriberOfAKnownConfigHearsEverything() {
        cluster.pod(cluster.shop(), "cart-1", Map.of(), "192.0.2.10");
        start(cluster.config(Role.POD)).await(targets -> targets.size() == 2);

        HeardTargets late = start(cluster.config(Role.POD));

        late.await(targets -> targets.size() == 2);
    }

    @Test
    void aClosedDiscoveryTellsNothingMore() {
        HeardTargets closed = new HeardTargets();
        Discovery discovery = apis.discovery(cluster.config(Role.POD));
        discovery.start(closed);
        HeardTargets open = start(cluster.config(Role.POD));
        cluster.pod(cluster.shop(), "cart-1", Map.of(), "192.0.2.10");
        closed.await(targets -> targets.size() == 2);

        discovery.close();
        cluster.pod(cluster.shop(), "cart-2", Map.of(), "192.0.2.11");

        open.await(targets -> targets.size() == 4);
        assertThat(closed.targets()).hasSize(2);
    }

    private HeardTargets start(KubernetesSdConfig config) {
        HeardTargets heard = new HeardTargets();
        Discovery discovery = apis.discovery(config);
        started.add(discovery);
        discovery.start(heard);
        return heard;
    }

    private void service(String name) {
        cluster.client()
                .services()
                .inNamespace(cluster.shop())
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName(name)
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .withType("ClusterIP")
                        .addNewPort()
                        .withName("web")
                        .withPort(80)
                        .withProtocol("TCP")
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private EndpointSlice slice(String name, String service, String pod, String ip) {
        return cluster.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(cluster.shop())
                .resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName(name)
                        .addToLabels("kubernetes.io/service-name", service)
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewEndpoint()
                        .withAddresses(ip)
                        .withNewConditions()
                        .withReady(true)
                        .endConditions()
                        .withTargetRef(reference(pod))
                        .endEndpoint()
                        .addNewPort()
                        .withName("metrics")
                        .withPort(9090)
                        .withProtocol("TCP")
                        .endPort()
                        .build())
                .create();
    }

    private ObjectReference reference(String pod) {
        return new ObjectReferenceBuilder()
                .withKind("Pod")
                .withNamespace(cluster.shop())
                .withName(pod)
                .build();
    }

    private String node() {
        String name = "node-" + cluster.shop();
        cluster.client()
                .nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("topology.kubernetes.io/zone", "z1")
                        .addToLabels("test", cluster.shop())
                        .endMetadata()
                        .withNewSpec()
                        .withProviderID("cloud://a")
                        .endSpec()
                        .withNewStatus()
                        .addNewAddress("a.example", "Hostname")
                        .addNewAddress("192.0.2.1", "InternalIP")
                        .withNewDaemonEndpoints()
                        .withNewKubeletEndpoint(10250)
                        .endDaemonEndpoints()
                        .endStatus()
                        .build())
                .create();
        return name;
    }
}
