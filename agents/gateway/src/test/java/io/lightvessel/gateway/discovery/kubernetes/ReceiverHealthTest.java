package io.lightvessel.gateway.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.PrometheusReceiverFactory;
import io.lightvessel.gateway.targets.Discoveries;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.gateway.testing.SeriesLines;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API server refuses or does not know is said in the receiver's health, and costs no other job a scrape. */
class ReceiverHealthTest {
    private static final MockApi MOCK = new MockApi();

    private final TestCluster cluster = TestCluster.mock(MOCK);
    private final Transport transport = new Transport(1);
    private final Discoveries discoveries = new Discoveries(transport);
    private final TestContext context = new TestContext("prometheus", 64 << 20);
    private final ManualTimer timer = new ManualTimer();
    private HttpServer target;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        timer.setClock(Instant.parse("2026-11-27T10:00:00Z"));
        context.timer = timer;
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(Thread::startVirtualThread);
        target.createContext("/", exchange -> {
            byte[] body = "carts 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        target.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(Duration.ofMillis(500));
        discoveries.close();
        transport.close();
        target.stop(0);
        cluster.close();
    }

    private void run(String section) throws Exception {
        Prepared<Receiver> prepared = new PrometheusReceiverFactory(transport, discoveries)
                .prepare(
                        context,
                        TestContext.settings("receivers", "prometheus", """
                                prometheus:
                                  config:
                                    scrape_configs:
                                    - {job_name: fixed, scrape_interval: 10s, static_configs: [{targets: ['127.0.0.1:%d']}]}
                                  kubernetes: {api_server: '%s', %s}
                                """.formatted(
                                        target.getAddress().getPort(),
                                        cluster.access().server().orElseThrow(),
                                        section)),
                        null);
        prepared.commit();
        receiver = prepared.component();
    }

    private void awaitHealth(Predicate<String> condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.test(context.ill)) {
            assertThat(System.nanoTime()).as("health: " + context.ill).isLessThan(end);
            timer.advance(Duration.ofSeconds(1));
            Thread.sleep(5);
        }
    }

    private void assertOthersAreScraped() throws InterruptedException {
        context.taken.clear();
        timer.advance(Duration.ofSeconds(10));
        assertThat(SeriesLines.of(context.next().bytes())).anyMatch(line -> line.startsWith("carts{"));
    }

    @Test
    void aMissingDefinitionIsNamedUntilItIsInstalled() throws Exception {
        MOCK.refuse("/namespaces/" + cluster.shop() + "/podmonitors", 404);
        run("pod_monitors: {enabled: true, namespaces: [%s]}".formatted(cluster.shop()));
        awaitHealth(ill -> ill.contains("(expected: the CustomResourceDefinition podmonitors.monitoring.coreos.com)"));
        assertOthersAreScraped();
        MOCK.allow("/namespaces/" + cluster.shop() + "/podmonitors");
        awaitHealth(String::isEmpty);
        assertOthersAreScraped();
    }

    @Test
    void aMissingRightIsNamedUntilItIsGiven() throws Exception {
        MOCK.refuse("/namespaces/" + cluster.shop() + "/servicemonitors", 403);
        run("service_monitors: {enabled: true, namespaces: [%s]}".formatted(cluster.shop()));
        awaitHealth(ill -> ill.contains("servicemonitors.monitoring.coreos.com in namespace " + cluster.shop()
                + ": not allowed (expected: a role with the verbs list and watch for the resource servicemonitors"));
        assertOthersAreScraped();
        MOCK.allow("/namespaces/" + cluster.shop() + "/servicemonitors");
        awaitHealth(String::isEmpty);
    }
}
