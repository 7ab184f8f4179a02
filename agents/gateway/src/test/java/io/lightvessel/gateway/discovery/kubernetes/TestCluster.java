package io.lightvessel.gateway.discovery.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.File;
import java.util.Map;
import java.util.UUID;

/**
 * An API server to test against, with two namespaces of the test's own: the one that {@code KUBECONFIG} names, or else a
 * mock in this process, whose selectors know equality only.
 */
final class TestCluster implements AutoCloseable {

    private final MockApi mock;
    private final KubernetesClient client;
    private final ApiAccess access;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    TestCluster() {
        this(new MockApi());
    }

    /** @param shared the mock to use where there is no real API server */
    TestCluster(MockApi shared) {
        this(shared, System.getenv("KUBECONFIG"));
    }

    /** The mock, even where there is a real API server. */
    static TestCluster mock(MockApi shared) {
        return new TestCluster(shared, null);
    }

    private TestCluster(MockApi shared, String kubeconfig) {
        if (kubeconfig == null || kubeconfig.isBlank()) {
            mock = shared;
            access = ApiAccess.server("http://localhost:" + mock.port());
            client = new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder(Config.empty())
                            .withMasterUrl(access.server().orElseThrow())
                            .build())
                    .build();
        } else {
            mock = null;
            access = ApiAccess.kubeconfig(kubeconfig);
            client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(new File(kubeconfig)))
                    .build();
        }
        for (String namespace : new String[] {shop(), other()}) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .addToLabels("team", namespace.substring(0, 4))
                            .endMetadata()
                            .build())
                    .createOr(NonDeletingOperation::update);
        }
    }

    String shop() {
        return "shop-" + suffix;
    }

    String other() {
        return "other-" + suffix;
    }

    KubernetesClient client() {
        return client;
    }

    ApiAccess access() {
        return access;
    }

    boolean isMock() {
        return mock != null;
    }

    KubernetesSdConfig config(Role role) {
        return KubernetesSdConfig.of(role, access, shop());
    }

    /** A pod that no scheduler touches, so that its status is what the test says, on a real cluster too. */
    Pod pod(String namespace, String name, Map<String, String> labels, String ip) {
        Pod made = client.pods()
                .inNamespace(namespace)
                .resource(new PodBuilder()
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(namespace)
                                .withName(name)
                                .withLabels(labels)
                                .addToAnnotations("example.com/owner", "sales")
                                .build())
                        .withNewSpec()
                        .withSchedulerName("none")
                        .addNewContainer()
                        .withName("app")
                        .withImage("registry.example/app:1")
                        .addNewPort()
                        .withName("metrics")
                        .withContainerPort(9090)
                        .withProtocol("TCP")
                        .endPort()
                        .addNewPort()
                        .withName("http")
                        .withContainerPort(8080)
                        .withProtocol("TCP")
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        return running(made, ip);
    }

    Pod running(Pod pod, String ip) {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .editStatus(now -> new PodBuilder(now)
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(ip)
                        .withHostIP("192.0.2.1")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());
    }

    @Override
    public void close() {
        if (mock == null) {
            client.namespaces().withName(shop()).delete();
            client.namespaces().withName(other()).delete();
        }
        client.close();
    }
}
