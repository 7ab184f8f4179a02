package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricLineTest {
    @Test
    void theSamplesOfOneComponentAreFound() {
        String text = """
                # HELP otelcol_exporter_queue_size Current size.
                # TYPE otelcol_exporter_queue_size gauge
                otelcol_exporter_queue_size{exporter="otlp/a",data_type="logs",service_version="1"} 5
                otelcol_exporter_queue_size{exporter="otlp/b",data_type="logs",service_version="1"} 6
                otelcol_exporter_latency_bucket{exporter="otlp/a",le="5"} 1
                otelcol_process_uptime 12
                odd{exporter="otlp/a",text="a \\"quoted\\" } word"} 1e3
                """;
        assertThat(MetricLine.of(text, "exporter", "otlp/a"))
                .containsExactly(
                        new MetricLine("otelcol_exporter_queue_size", "data_type=logs", "5"),
                        new MetricLine("odd", "text=a \\\"quoted\\\" } word", "1e3"));
    }
}
