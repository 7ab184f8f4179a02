package io.lightvessel.pipeline;

import io.lightvessel.config.Signal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The engine's own metrics under the Collector's names, so that dashboards made for it work. */
final class EngineMetrics implements MetricsWriter {

    private final Means means;
    private final Supplier<Running> running;
    private final Supplier<Iterable<FlowSnapshot.Ledger>> ledgers;
    private final long startNanos;

    EngineMetrics(Means means, Supplier<Running> running, Supplier<Iterable<FlowSnapshot.Ledger>> ledgers) {
        this.means = means;
        this.running = running;
        this.ledgers = ledgers;
        this.startNanos = means.timer().nanoTime();
    }

    @Override
    public void writeTo(Appendable out) throws IOException {
        PrometheusText text = new PrometheusText();
        receivers(text);
        exporters(text);
        ledgers(text);
        process(text);
        means.metrics().writeTo(text);
        text.writeTo(out);
    }

    private void receivers(PrometheusText text) {
        for (IntakeBooks intake : means.books().intakes()) {
            IntakeBooks.Key key = intake.key();
            String what = key.signal().recordsInMetricNames();
            Map<String, String> labels =
                    new TreeMap<>(Map.of("receiver", key.receiver().toString(), "transport", key.transport()));
            text.counter(
                    "otelcol_receiver_accepted_" + what,
                    "Number of " + spoken(key.signal()) + " successfully pushed into the pipeline.",
                    labels,
                    intake.accepted());
            text.counter(
                    "otelcol_receiver_refused_" + what,
                    "Number of " + spoken(key.signal()) + " that could not be pushed into the pipeline.",
                    labels,
                    intake.refused());
            intake.turnedAway().forEach((reason, count) -> {
                Map<String, String> more = new TreeMap<>(labels);
                more.put("reason", reason.label());
                more.put("signal", key.signal().label());
                text.counter(
                        "lightvessel_receiver_rejected_requests",
                        "Number of requests turned away before their records were counted.",
                        more,
                        count);
            });
        }
    }

    private void exporters(PrometheusText text) {
        for (DestinationBooks books : means.books().destinations()) {
            String what = books.signal().recordsInMetricNames();
            Map<String, String> labels = Map.of("exporter", books.exporter().toString());
            String spoken = spoken(books.signal());
            text.counter(
                    "otelcol_exporter_sent_" + what,
                    "Number of " + spoken + " successfully sent to destination.",
                    labels,
                    books.acknowledged().records());
            text.counter(
                    "otelcol_exporter_send_failed_" + what,
                    "Number of " + spoken + " in failed attempts to send to destination.",
                    labels,
                    books.failedRecords());
            text.counter(
                    "otelcol_exporter_enqueue_failed_" + what,
                    "Number of " + spoken + " failed to be added to the sending queue.",
                    labels,
                    books.refusedRecords());
        }
        for (ExporterNode exporter : running.get().exporters().values()) {
            for (Lane lane : exporter.lanes()) {
                Map<String, String> labels = new TreeMap<>(Map.of(
                        "exporter",
                        exporter.id().toString(),
                        "data_type",
                        lane.books().signal().label()));
                text.gauge(
                        "otelcol_exporter_queue_size",
                        "Current size of the sending queue, in units of its sizer.",
                        labels,
                        lane.queueUsed());
                text.gauge(
                        "otelcol_exporter_queue_capacity",
                        "Fixed capacity of the sending queue, in units of its sizer.",
                        labels,
                        lane.queueSettings().capacity());
            }
        }
    }

    private void ledgers(PrometheusText text) {
        for (FlowSnapshot.Ledger ledger : ledgers.get()) {
            Map<String, String> labels = Map.of("pipeline", ledger.pipeline().toString());
            text.counter(
                    "lightvessel_pipeline_received_records",
                    "Records a pipeline took on, once for each of its exporters.",
                    labels,
                    ledger.received().records());
            text.counter(
                    "lightvessel_pipeline_received_bytes",
                    "Bytes a pipeline took on, as they were received, once for each of its exporters.",
                    labels,
                    ledger.received().bytes());
            text.counter(
                    "lightvessel_pipeline_delivered_records",
                    "Records that backends acknowledged.",
                    labels,
                    ledger.delivered().records());
            text.counter(
                    "lightvessel_pipeline_delivered_bytes",
                    "Bytes that backends acknowledged, in the size in which they were received.",
                    labels,
                    ledger.delivered().bytes());
            text.gauge(
                    "lightvessel_pipeline_queued_records",
                    "Records inside the pipeline now.",
                    labels,
                    ledger.queued().records());
            text.gauge(
                    "lightvessel_pipeline_queued_bytes",
                    "Bytes inside the pipeline now, in the size in which they were received.",
                    labels,
                    ledger.queued().bytes());
            ledger.losses().forEach(loss -> loss(text, labels, loss));
        }
    }

    private static void loss(PrometheusText text, Map<String, String> pipeline, FlowSnapshot.Loss loss) {
        Map<String, String> labels = new TreeMap<>(pipeline);
        labels.put("component", loss.component());
        labels.put("reason", loss.reason().label());
        text.counter(
                "lightvessel_pipeline_dropped_records",
                "Records not delivered, by component and reason; of some reasons the producer was told and can send again.",
                labels,
                loss.amount().records());
        text.counter(
                "lightvessel_pipeline_dropped_bytes",
                "Bytes not delivered, by component and reason, in the size in which they were received.",
                labels,
                loss.amount().bytes());
    }

    private void process(PrometheusText text) {
        Runtime runtime = Runtime.getRuntime();
        text.counter(
                "otelcol_process_uptime",
                "Uptime of the process, in seconds.",
                Map.of(),
                (means.timer().nanoTime() - startNanos) / 1e9);
        text.gauge(
                "otelcol_process_runtime_heap_alloc_bytes",
                "Bytes of heap in use.",
                Map.of(),
                runtime.totalMemory() - runtime.freeMemory());
        text.gauge(
                "otelcol_process_runtime_total_sys_memory_bytes",
                "Bytes of heap obtained from the system.",
                Map.of(),
                runtime.totalMemory());
        ProcessStatus.residentBytes()
                .ifPresent(bytes -> text.gauge(
                        "otelcol_process_memory_rss", "Total physical memory (resident set size).", Map.of(), bytes));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            text.counter(
                    "otelcol_process_cpu_seconds",
                    "Total CPU user and system time in seconds.",
                    Map.of(),
                    system.getProcessCpuTime() / 1e9);
        }
        text.gauge(
                "lightvessel_memory_budget_bytes",
                "Bytes all telemetry inside the agent may take.",
                Map.of(),
                means.budget().capacity());
        text.gauge(
                "lightvessel_memory_budget_used_bytes",
                "Bytes telemetry inside the agent takes now.",
                Map.of(),
                means.budget().used());
    }

    private static String spoken(Signal signal) {
        return signal.recordsInMetricNames().replace('_', ' ');
    }
}
