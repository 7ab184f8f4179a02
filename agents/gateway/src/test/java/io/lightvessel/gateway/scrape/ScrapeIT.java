package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lightvessel.gateway.testing.Engines;
import io.lightvessel.gateway.testing.Exporter;
import io.lightvessel.gateway.testing.RealPrometheus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real exporters, scraped by the real engine, written to a real Prometheus. */
class ScrapeIT {
    @TempDir
    Path directory;

    private static String config(String jobs, String writeUrl) {
        return """
                receivers:
                  prometheus:
                    config:
                      scrape_configs:
                %s
                exporters:
                  prometheusremotewrite: {endpoint: "%s", tls: {insecure: true}}
                service: {pipelines: {metrics: {receivers: [prometheus], exporters: [prometheusremotewrite]}}}
                """.formatted(jobs.indent(8), writeUrl);
    }

    @Test
    void seriesOfARealExporterArriveInARealPrometheus() throws Exception {
        Optional<Path> prometheus = RealPrometheus.program();
        assumeTrue(prometheus.isPresent(), "prometheus is not installed");
        assumeTrue(Exporter.NODE.isInstalled(), "prometheus-node-exporter is not installed");
        try (Exporter node = Exporter.NODE.start();
                RealPrometheus backend = RealPrometheus.start(prometheus.get(), directory);
                Engines engines = new Engines(config("""
                        - job_name: node
                          scrape_interval: 1s
                          static_configs: [{targets: ["%s"], labels: {rack: r1}}]
                        """.formatted(node.address()), backend.writeUrl()))) {
            List<RealPrometheus.Sample> up = backend.await("up{job=\"node\"} == 1");
            assertThat(up)
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.labels())
                            .containsEntry("instance", node.address())
                            .containsEntry("rack", "r1"));
            Set<String> names = backend.query("group by (__name__) ({job=\"node\"})").stream()
                    .map(sample -> sample.labels().get("__name__"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(names).contains("node_cpu_seconds_total", "scrape_samples_scraped", "go_goroutines");
            assertThat(names).hasSizeGreaterThan(100);
            assertThat(engines.engine.health().healthy()).isTrue();
        }
    }
}
