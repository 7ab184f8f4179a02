package io.lightvessel.collector.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchedPodsTest {
    private static final String PODS = """
            {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[
             {"metadata":{"name":"orders-1","namespace":"shop","uid":"u1","labels":{"app":"orders"},
               "ownerReferences":[{"kind":"ReplicaSet","name":"orders-6d4cf56db6","apiVersion":"apps/v1","uid":"r"}]},
              "spec":{"nodeName":"node-1","containers":[]},"status":{}},
             {"metadata":{"name":"proxy","namespace":"kube-system","uid":"u2",
               "annotations":{"kubernetes.io/config.hash":"of-the-file"}},
              "spec":{"nodeName":"node-1","containers":[]},"status":{}}]}""";

    @Test
    void onlyPodsOfTheNodeAreAskedFor() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String query = String.valueOf(exchange.getRequestURI().getQuery());
                asked.add(exchange.getRequestURI().getPath() + "?" + query);
                boolean list = !query.contains("watch=true");
                byte[] body = list ? PODS.getBytes(UTF_8) : new byte[0];
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(list ? 200 : 503, list ? body.length : -1);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
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
            assertThat(pods.version()).isPositive();
        } finally {
            server.stop(0);
        }
        assertThat(asked)
                .allSatisfy(request ->
                        assertThat(request).startsWith("/api/v1/pods?").contains("fieldSelector=spec.nodeName=node-1"));
    }
}
