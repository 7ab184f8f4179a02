package io.lightvessel.gateway.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.lightvessel.gateway.testing.Engines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a monitor to a scrape, with the whole engine. */
class MonitorScrapeTest {

    private static final MockApi MOCK = new MockApi();

    private final TestCluster cluster = TestCluster.mock(MOCK);
    private final BlockingQueue<String> scraped = new LinkedBlockingQueue<>();
    private HttpServer exporter;

    @BeforeEach
    void export() throws IOException {
        exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/", exchange -> {
            scraped.add(exchange.getRequestURI().getPath());
            byte[] body = "carts 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        exporter.start();
        cluster.client()
                .pods()
                .inNamespace(cluster.shop())
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(cluster.shop())
                        .withName("cart-1")
                        .addToLabels("app", "cart")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("app")
                        .addNewPort()
                        .withName("metrics")
                        .withContainerPort(exporter.getAddress().getPort())
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPodIP("127.0.0.1")
                        .withPhase("Running")
                        .endStatus()
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        exporter.stop(0);
        cluster.close();
    }

    @Test
    void aMonitorThatAppearsIsScrapedAcrossAReload() throws InterruptedException {
        try (Engines engines = new Engines(config("a"))) {
            monitor("/one");
            awaitScrape("/one");

            engines.engine.apply(Engines.parse(config("b")));
            monitor("/two");
            awaitScrape("/two");
            assertThat(engines.engine.health().healthy()).isTrue();
        }
    }

    private void awaitScrape(String path) throws InterruptedException {
        String seen = scraped.poll(30, TimeUnit.SECONDS);
        while (seen != null && !seen.equals(path)) {
            seen = scraped.poll(30, TimeUnit.SECONDS);
        }
        assertThat(seen).isEqualTo(path);
    }

    private String config(String label) {
        return """
                receivers:
                  prometheus:
                    config: {global: {external_labels: {cluster: %s}}}
                    kubernetes:
                      api_server: %s
                      pod_monitors: {enabled: true, namespaces: [%s]}
                exporters: {debug: {}}
                service: {pipelines: {metrics: {receivers: [prometheus], exporters: [debug]}}}
                """.formatted(label, cluster.access().server().orElseThrow(), cluster.shop());
    }

    private void monitor(String path) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion("monitoring.coreos.com/v1");
        object.setKind("PodMonitor");
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.shop())
                .withName("cart")
                .build());
        object.setAdditionalProperty(
                "spec",
                Map.of(
                        "selector",
                        Map.of("matchLabels", Map.of("app", "cart")),
                        "podMetricsEndpoints",
                        List.of(Map.of("port", "metrics", "interval", "1s", "path", path))));
        MonitorKinds.POD_MONITORS
                .operations()
                .apply(cluster.client())
                .inNamespace(cluster.shop())
                .resource(object)
                .createOr(NonDeletingOperation::update);
    }
}
