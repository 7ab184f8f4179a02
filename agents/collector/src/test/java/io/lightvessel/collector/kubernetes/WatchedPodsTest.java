package io.lightvessel.collector.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.lightvessel.collector.testing.FakePodApi;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchedPodsTest {
    private static final String PODS = """
            {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[
             {"metadata":{"name":"orders-1","namespace":"shop","uid":"u1","labels":{"app":"orders"},
               "ownerReferences":[{"kind":"ReplicaSet","name":"orders-6d4cf56db6","apiVersion":"apps/v1","uid":"r"}]},
              "spec":{"nodeName":"node-1","containers":[]},"status":{"containerStatuses":[
                {"name":"app","containerID":"containerd://aa"},{"name":"side"}],
               "initContainerStatuses":[{"name":"first","containerID":"cri-o://bb"}]}},
             {"metadata":{"name":"proxy","namespace":"kube-system","uid":"u2",
               "annotations":{"kubernetes.io/config.hash":"of-the-file"}},
              "spec":{"nodeName":"node-1","containers":[]},"status":{}}]}""";

    @Test
    void onlyPodsOfTheNodeAreAskedFor() throws Exception {
        FakePodApi api = new FakePodApi(PODS);
        var config = new ConfigBuilder(Config.empty()).withMasterUrl(api.url()).build();
        try (WatchedPods pods =
                new WatchedPods(new KubernetesClientBuilder().withConfig(config).build(), "node-1")) {
            while (pods.find("u1").isEmpty() || pods.find("of-the-file").isEmpty()) {
                Thread.sleep(10);
            }
            PodFacts facts = pods.find("u1").orElseThrow();
            assertThat(facts.attributes())
                    .isEqualTo(Map.of(
                            "k8s.node.name", "node-1",
                            "k8s.replicaset.name", "orders-6d4cf56db6",
                            "k8s.deployment.name", "orders"));
            assertThat(facts.serviceName()).contains("orders");
            assertThat(facts.containers()).isEqualTo(Map.of("aa", "app", "bb", "first"));
            assertThat(pods.ofContainer("bb")).contains(facts);
            assertThat(pods.ofContainer("cc")).isEmpty();
            assertThat(pods.version()).isPositive();
        } finally {
            api.close();
        }
        assertThat(api.asked)
                .allSatisfy(request ->
                        assertThat(request).startsWith("/api/v1/pods?").contains("fieldSelector=spec.nodeName=node-1"));
    }
}
