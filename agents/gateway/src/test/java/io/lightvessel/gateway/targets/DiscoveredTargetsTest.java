package io.lightvessel.gateway.targets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.config.Settings;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.PrometheusReceiverFactory;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a discovery to series: a prometheus receiver whose targets are not in its config. */
class DiscoveredTargetsTest {

    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("prometheus", 64 << 20);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        serve("/metrics", "text/plain; version=0.0.4", "water_level{tank=\"1\"} 3\n");
        serve(
                "/targets",
                "application/json",
                "[{\"targets\": [\"" + address() + "\"], \"labels\": {\"told_by\": \"a-server\"}}]");
        server.start();
    }

    private void serve(String path, String type, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
        transport.close();
    }

    @Test
    void targetsOfFilesAndServersAreScraped(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("t.yml"), "- targets: ['" + address() + "']\n  labels: {told_by: a-file}\n");
        String yaml = """
                prometheus:
                  config:
                    global: {scrape_interval: 1s}
                    scrape_configs:
                      - job_name: files
                        file_sd_configs: [{files: ['%s']}]
                      - job_name: servers
                        http_sd_configs: [{url: 'http://%s/targets'}]
                        relabel_configs:
                          - {action: uppercase, source_labels: [told_by], target_label: told_by}
                """.formatted(file, address());
        Settings settings = TestContext.settings("receivers", "prometheus", yaml);
        try (Discoveries discoveries = new Discoveries(transport)) {
            Prepared<Receiver> prepared =
                    new PrometheusReceiverFactory(transport, discoveries).prepare(context, settings, null);
            prepared.commit();
            boolean byFile = false;
            boolean byServer = false;
            while (!byFile || !byServer) {
                String series = new String(context.next().bytes(), StandardCharsets.ISO_8859_1);
                assertThat(series).contains("water_level", "tank", "instance", address());
                byFile |= series.contains("a-file");
                byServer |= series.contains("A-SERVER");
            }
            prepared.component().stop(Duration.ofSeconds(1));
        }
    }

    private String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }
}
