package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.exposition.Families;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.RealPrometheus;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Counter;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricType;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One target with native histograms in protobuf, scraped by a real Prometheus and by us, who write to another one: both have
 * the same buckets. What Prometheus 2 does not store, start times, is in the answers all the same.
 */
class NativeDifferentialIT {
    private static final String TYPE =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
    private static final String EXEMPLARS = "--enable-feature=exemplar-storage";

    @TempDir
    Path directory;

    private Path program;
    private HttpServer target;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> found = RealPrometheus.program();
        assumeTrue(found.isPresent(), "prometheus is not installed");
        program = found.get();
        byte[] body = Families.delimited(
                Families.histogram("whole", Families.integers().setCreatedTimestamp(Families.time(3))),
                Families.histogram("parts", Families.floats()),
                Families.histogram("both", Families.both()),
                Families.family("c_total", MetricType.COUNTER)
                        .addMetric(Families.metric("a", "b")
                                .setCounter(Counter.newBuilder()
                                        .setValue(7)
                                        .setCreatedTimestamp(Families.time(3))
                                        .setExemplar(Families.exemplar("t", 2, System.currentTimeMillis() / 1000)))));
        target = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        target.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        target.start();
    }

    @AfterEach
    void stop() {
        if (target != null) {
            target.stop(0);
        }
    }

    @Test
    void bucketsAndExemplarsAreTheSame() throws Exception {
        String job = """
                - job_name: native
                  scrape_interval: 1s
                  static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(target.getAddress().getPort());
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));
        try (RealPrometheus theirs = RealPrometheus.start(program, one, "scrape_configs:\n" + job, EXEMPLARS);
                RealPrometheus ours = RealPrometheus.start(program, two, "global: {}\n", EXEMPLARS);
                Engines engines = new Engines(
                        """
                        receivers:
                          prometheus:
                            config:
                              scrape_configs:
                        %s
                        exporters:
                          prometheusremotewrite:
                            endpoint: "%s"
                            protobuf_message: prometheus.WriteRequest
                            tls: {insecure: true}
                        service:
                          pipelines: {metrics: {receivers: [prometheus], exporters: [prometheusremotewrite]}}
                        """.formatted((job + "  scrape_native_histograms: true\n").indent(8), ours.writeUrl()))) {
            Set<String> expected = awaitValues(theirs, 4);
            assertThat(awaitValues(ours, expected.size())).isEqualTo(expected);
            assertThat(expected).filteredOn(line -> line.contains("buckets")).hasSize(3);
            assertThat(expected).anyMatch(line -> line.contains("__name__=c_total") && line.endsWith(" 7"));
            assertThat(exemplars(ours)).isEqualTo(exemplars(theirs)).contains("\"trace_id\":\"t\"");
            assertThat(engines.engine.health().healthy()).isTrue();
        }
    }

    private static String exemplars(RealPrometheus prometheus) throws Exception {
        return prometheus.exemplars("c_total");
    }

    /** Series with their one value, once there are so many. */
    private static Set<String> awaitValues(RealPrometheus prometheus, int atLeast) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Set<String> values = new TreeSet<>();
        while (values.size() < atLeast && System.nanoTime() < end) {
            Thread.sleep(200);
            values.clear();
            for (RealPrometheus.Raw sample : prometheus.samples("{job=\"native\",a=\"b\"}[10m]")) {
                values.add(sample.labels() + " " + sample.value());
            }
        }
        return values;
    }
}
