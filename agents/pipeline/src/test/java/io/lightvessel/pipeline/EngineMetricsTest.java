package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {

    private final TestComponents components = new TestComponents();
    private final ManualTimer timer = new ManualTimer();
    private final GraphEngine engine = GraphEngineTest.engine(components, timer);

    @AfterEach
    void close() {
        engine.close();
    }

    private List<String> lines() throws Exception {
        StringBuilder text = new StringBuilder();
        engine.metrics().writeTo(text);
        return text.toString().lines().toList();
    }

    @Test
    void speaksTheCollectorsNames() throws Exception {
        engine.apply(Configs.parse("""
                receivers: { otlp: { protocols: { grpc: } } }
                processors: { batch: }
                exporters: { otlp/a: { endpoint: "a:1" } }
                service: { pipelines: { logs: { receivers: [otlp], processors: [batch], exporters: [otlp/a] } } }
                """));
        components.receiver("otlp").send(Fixtures.logs("shop", 30));
        components.receiver("otlp").outlet(Signal.LOGS).turnedAway(DropReason.TOO_LARGE);
        components
                .receiver("otlp")
                .context()
                .metrics()
                .counter("lightvessel_test", "Of \"tests\".", Map.of("a", "b\"\n\\"))
                .add(2);
        timer.advance(Duration.ofMillis(200));
        ReloadTest.await(() -> engine.flow().pipelines().getFirst().delivered().records() == 30);
        assertThat(lines())
                .contains(
                        "# TYPE otelcol_receiver_accepted_log_records counter",
                        "otelcol_receiver_accepted_log_records{receiver=\"otlp\",transport=\"test\"} 30",
                        "otelcol_receiver_refused_log_records{receiver=\"otlp\",transport=\"test\"} 0",
                        "lightvessel_receiver_rejected_requests{reason=\"too_large\",receiver=\"otlp\",signal=\"logs\",transport=\"test\"} 1",
                        "otelcol_exporter_sent_log_records{exporter=\"otlp/a\"} 30",
                        "otelcol_exporter_send_failed_log_records{exporter=\"otlp/a\"} 0",
                        "otelcol_exporter_enqueue_failed_log_records{exporter=\"otlp/a\"} 0",
                        "otelcol_exporter_queue_size{data_type=\"logs\",exporter=\"otlp/a\"} 0",
                        "otelcol_exporter_queue_capacity{data_type=\"logs\",exporter=\"otlp/a\"} 1000",
                        "# TYPE otelcol_processor_batch_batch_send_size histogram",
                        "otelcol_processor_batch_batch_send_size_bucket{le=\"25\",pipeline=\"logs\",processor=\"batch\"} 0",
                        "otelcol_processor_batch_batch_send_size_bucket{le=\"50\",pipeline=\"logs\",processor=\"batch\"} 1",
                        "otelcol_processor_batch_batch_send_size_bucket{le=\"+Inf\",pipeline=\"logs\",processor=\"batch\"} 1",
                        "otelcol_processor_batch_batch_send_size_sum{pipeline=\"logs\",processor=\"batch\"} 30",
                        "otelcol_processor_batch_batch_send_size_count{pipeline=\"logs\",processor=\"batch\"} 1",
                        "otelcol_processor_batch_timeout_trigger_send{pipeline=\"logs\",processor=\"batch\"} 1",
                        "lightvessel_pipeline_received_records{pipeline=\"logs\"} 30",
                        "lightvessel_pipeline_delivered_records{pipeline=\"logs\"} 30",
                        "lightvessel_pipeline_queued_records{pipeline=\"logs\"} 0",
                        "lightvessel_memory_budget_bytes 67108864",
                        "lightvessel_test{a=\"b\\\"\\n\\\\\",receiver=\"otlp\"} 2");
        assertThat(lines()).anyMatch(line -> line.startsWith("otelcol_process_memory_rss "));
        assertThat(lines().stream().filter(line -> line.startsWith("# TYPE")).distinct())
                .as("every metric's samples stand together")
                .hasSize((int) lines().stream()
                        .filter(line -> line.startsWith("# TYPE"))
                        .count());
    }

    @Test
    void countersOutliveTheirComponentsAndGaugesDoNot() throws Exception {
        engine.apply(Configs.direct("logs", "", ""));
        ComponentMetrics metrics = components.receiver("otlp").context().metrics();
        metrics.counter("c", "C.", Map.of()).add(1);
        metrics.gauge("g", "G.", Map.of(), () -> 7.5);
        assertThat(lines()).contains("c{receiver=\"otlp\"} 1", "g{receiver=\"otlp\"} 7.5");
        engine.close();
        assertThat(lines()).contains("c{receiver=\"otlp\"} 1").noneMatch(line -> line.startsWith("g{"));
    }

    @Test
    void aMemoryLimiterLowersTheBudget() {
        engine.apply(Configs.direct("logs", "memory_limiter: { limit_mib: 8 }", "memory_limiter"));
        assertThat(engine.budget().capacity()).isEqualTo(8 << 20);
        engine.apply(Configs.direct("logs", "", ""));
        assertThat(engine.budget().capacity()).isEqualTo(64 << 20);
    }
}
