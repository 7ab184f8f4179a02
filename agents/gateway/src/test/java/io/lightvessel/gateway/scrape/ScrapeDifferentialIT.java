package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Exporter;
import io.lightvessel.gateway.testing.RealPrometheus;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same targets, scraped by a real Prometheus and by us, who write to another one: both have to show the same. */
class ScrapeDifferentialIT {
    /** These say how a scrape went, or change from one to the next. */
    private static final Predicate<String> STEADY = name -> !name.equals("scrape_duration_seconds");

    @TempDir
    Path directory;

    private Path program;
    private volatile String body = "";
    private volatile String contentType = "text/plain; version=0.0.4; charset=utf-8";

    @BeforeEach
    void find() {
        Optional<Path> found = RealPrometheus.program();
        assumeTrue(found.isPresent(), "prometheus is not installed");
        program = found.get();
    }

    private interface Look {
        void at(RealPrometheus theirs, RealPrometheus ours) throws Exception;
    }

    private void scrapeTwice(String jobs, Look look) throws Exception {
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));
        try (RealPrometheus theirs = RealPrometheus.start(program, one, "scrape_configs:\n" + jobs);
                RealPrometheus ours = RealPrometheus.start(program, two);
                Engines engines = new Engines("""
                        receivers:
                          prometheus:
                            config:
                              scrape_configs:
                        %s
                        exporters:
                          prometheusremotewrite: {endpoint: "%s", tls: {insecure: true}}
                        service:
                          pipelines: {metrics: {receivers: [prometheus], exporters: [prometheusremotewrite]}}
                        """.formatted(jobs.indent(8), ours.writeUrl()))) {
            look.at(theirs, ours);
            assertThat(engines.engine.health().healthy()).isTrue();
        }
    }

    private static Map<String, String> series(RealPrometheus prometheus, String query, boolean values)
            throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (RealPrometheus.Sample sample : prometheus.query(query)) {
            String name = sample.labels().getOrDefault("__name__", "");
            if (STEADY.test(name)) {
                all.put(sample.labels().toString(), values ? sample.value() : "");
            }
        }
        return all;
    }

    /** Both are asked until they agree, for their scrapes are at different moments. */
    private static void awaitEqual(
            RealPrometheus theirs, RealPrometheus ours, String query, boolean values, int atLeast) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Map<String, String> expected;
        Map<String, String> found;
        do {
            expected = series(theirs, query, values);
            found = series(ours, query, values);
            Thread.sleep(200);
        } while ((expected.size() < atLeast || !expected.equals(found)) && System.nanoTime() < end);
        assertThat(found).isEqualTo(expected).hasSizeGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void exportersSeriesAreTheSame() throws Exception {
        assumeTrue(Exporter.NODE.isInstalled(), "prometheus-node-exporter is not installed");
        assumeTrue(Exporter.REDIS.isInstalled(), "prometheus-redis-exporter is not installed");
        try (Exporter node = Exporter.NODE.start();
                Exporter redis = Exporter.REDIS.start()) {
            scrapeTwice("""
                    - job_name: node
                      scrape_interval: 1s
                      static_configs: [{targets: ["%s"], labels: {rack: r1}}]
                      metric_relabel_configs:
                      - {source_labels: [__name__], regex: "node_softnet.*", action: drop}
                      - {source_labels: [cpu], regex: "(.+)", target_label: core, replacement: "core-$1"}
                      - {regex: cpu, action: labeldrop}
                    - job_name: redis
                      scrape_interval: 1s
                      static_configs: [{targets: ["%s"]}]
                    """.formatted(node.address(), redis.address()), (theirs, ours) -> {
                awaitEqual(theirs, ours, "{job=\"node\"}", false, 300);
                awaitEqual(theirs, ours, "{job=\"redis\"}", false, 20);
                awaitEqual(theirs, ours, "{__name__=~\"node_boot.*|node_uname.*|redis_up|up\"}", true, 4);
            });
        }
    }

    @Test
    void valuesDuplicatesLabelsTimesAndStalenessAreTheSame() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        body = """
                # HELP c A counter.
                # TYPE c counter
                c{x="1"} 1.5
                c{x="2",job="mine",instance="own"} 2
                c{y="esc \\\\ \\" \\n"} 3e-5
                # TYPE h histogram
                h_bucket{le="1.0"} 1
                h_bucket{le="+Inf"} 2
                h_sum 3.25
                h_count 2
                # TYPE s summary
                s{quantile="0.5"} NaN
                s_sum 0
                s_count 0
                g +Inf
                g{sign="-"} -Inf
                g{big="1"} 1.7976931348623157e+308
                g{small="1"} 4.9e-324
                twice 1
                twice 1
                gone 1
                untyped{a="",b="2"} 1
                """;
        try {
            scrapeTwice(
                    """
                    - job_name: fixed
                      scrape_interval: 1s
                      static_configs: [{targets: ["127.0.0.1:%d"]}]
                    - job_name: honored
                      honor_labels: true
                      scrape_interval: 1s
                      static_configs: [{targets: ["127.0.0.1:%d"]}]
                    - job_name: limited
                      sample_limit: 5
                      scrape_interval: 1s
                      static_configs: [{targets: ["127.0.0.1:%d"]}]
                    """.formatted(
                                    server.getAddress().getPort(),
                                    server.getAddress().getPort(),
                                    server.getAddress().getPort()),
                    (theirs, ours) -> {
                        awaitEqual(theirs, ours, "{__name__=~\".+\", __name__!~\"scrape_series_added\"}", true, 40);
                        assertThat(series(ours, "up", true)).hasSize(3).containsValue("\"0\"");
                        body = body.replace("gone 1\n", "");
                        awaitNone(theirs, "gone");
                        awaitNone(ours, "gone");
                        body = "no exposition at all\n";
                        awaitNone(theirs, "up == 1");
                        awaitNone(ours, "up == 1");
                        awaitEqual(theirs, ours, "{__name__=~\".+\", __name__!~\"scrape_series_added\"}", true, 9);
                        assertThat(series(ours, "up", true).values()).containsOnly("\"0\"");
                    });
        } finally {
            server.stop(0);
        }
    }

    /** Without a staleness marker it would be shown for five minutes. */
    private static void awaitNone(RealPrometheus prometheus, String query) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!prometheus.query(query).isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(prometheus.query(query)).isEmpty();
    }
}
