package io.lightvessel.pipeline.ottl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RecordingResult;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;

class FilterProcessorTest extends ProcessorContract {

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return new ProcessorHarness(signal, "filter", "{ logs: { log_record: ['body == \"drop\"'] } }");
    }

    @Override
    @Test
    public void profilesPassWithTheirDictionaryWhereItWas() {
        assertThatThrownBy(() -> harness(Signal.PROFILES))
                .hasMessageContaining(
                        "processor 'filter' does not carry profiles (expected: a pipeline of traces, metrics, logs)");
    }

    private static LogRecord log(String value) {
        return LogRecord.newBuilder()
                .addAttributes(Fixtures.attribute("a", value))
                .build();
    }

    @Test
    void recordsForWhichOneConditionHoldsAreDroppedAndInTheLedger() {
        ProcessorHarness harness = new ProcessorHarness(
                Signal.LOGS,
                "filter",
                "{ logs: { log_record: ['attributes[\"a\"] == \"1\"', 'attributes[\"a\"] == \"2\"'] } }");
        Payload payload = Fixtures.payload(Signal.LOGS, Telling.request(log("1"), log("2"), log("3")));
        long received = payload.receivedBytes();
        RecordingResult result = harness.send(payload);
        assertThat(result.isAccepted()).isTrue();
        Payload rest = harness.passedOn.getFirst();
        assertThat(rest.records()).isEqualTo(1);
        Count dropped = harness.dropped.get(DropReason.FILTERED);
        assertThat(dropped.records()).isEqualTo(2);
        assertThat(dropped.bytes() + rest.receivedBytes()).isEqualTo(received);
        assertThat(harness.metricsText()).contains("otelcol_processor_filter_logs_filtered{processor=\"filter\"} 2\n");
        harness.releaseAll();
        assertThat(payload.refCnt()).as("released").isZero();
    }

    @Test
    void aRequestOfWhichNothingIsLeftIsAccepted() {
        ProcessorHarness harness = new ProcessorHarness(
                Signal.LOGS, "filter", "{ log_conditions: ['IsMatch(log.attributes[\"a\"], \".*\")'] }");
        Payload payload = Fixtures.payload(Signal.LOGS, Telling.request(log("1"), log("2")));
        assertThat(harness.send(payload).isAccepted()).isTrue();
        assertThat(harness.passedOn).isEmpty();
        assertThat(harness.dropped.get(DropReason.FILTERED).records()).isEqualTo(2);
        assertThat(payload.refCnt()).as("released").isZero();
    }

    @Test
    void conditionsOfOuterContextsDropAllThatIsBelow() {
        ProcessorHarness harness = new ProcessorHarness(Signal.TRACES, "filter", """
                { trace_conditions: [
                    'resource.attributes["env"] == "staging"',
                    'scope.name == "noise"',
                    { conditions: ['spanevent.name == "debug" or span.name == "quiet"'] },
                    'span.name == "health"'
                ] }""");
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(spans("staging", "x", "a"))
                .addResourceSpans(spans("prod", "noise", "b"))
                .addResourceSpans(spans("prod", "x", "health", "c", "quiet"))
                .build();
        var left = (ExportTraceServiceRequest) Telling.run(harness, Signal.TRACES, request);
        assertThat(left.getResourceSpansList()).hasSize(1);
        assertThat(left.getResourceSpans(0).getScopeSpans(0).getSpansList())
                .extracting(span -> span.getName() + span.getEventsCount())
                .containsExactly("c1", "quiet0");
    }

    private static ResourceSpans spans(String env, String scope, String... names) {
        ScopeSpans.Builder group = ScopeSpans.newBuilder();
        group.getScopeBuilder().setName(scope);
        for (String name : names) {
            group.addSpans(Span.newBuilder()
                    .setName(name)
                    .addEvents(Span.Event.newBuilder().setName("debug"))
                    .addEvents(Span.Event.newBuilder().setName("info")));
        }
        return ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(Fixtures.attribute("env", env)))
                .addScopeSpans(group)
                .build();
    }

    @Test
    void metricsDisappearWithTheirLastPoint() {
        ProcessorHarness harness = new ProcessorHarness(Signal.METRICS, "filter", """
                { metrics: {
                    metric: ['IsMatch(name, "^system[.]") and type == METRIC_DATA_TYPE_GAUGE'],
                    datapoint: ['metric.name == "b" and value_int < 2']
                } }""");
        ExportMetricsServiceRequest request = ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(gauge("system.cpu", 1, 2))
                                .addMetrics(gauge("b", 1, 2, 3))
                                .addMetrics(gauge("c", 1)))
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(gauge("b", 0, 1))))
                .build();
        var left = (ExportMetricsServiceRequest) Telling.run(harness, Signal.METRICS, request);
        assertThat(left.getResourceMetrics(0).getScopeMetricsList()).hasSize(1);
        assertThat(left.getResourceMetrics(0).getScopeMetrics(0).getMetricsList())
                .extracting(metric -> metric.getName() + metric.getGauge().getDataPointsCount())
                .containsExactly("b2", "c1");
        assertThat(harness.dropped.get(DropReason.FILTERED).records()).isEqualTo(5);
    }

    private static Metric gauge(String name, long... values) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (long value : values) {
            gauge.addDataPoints(NumberDataPoint.newBuilder().setAsInt(value));
        }
        return Metric.newBuilder().setName(name).setGauge(gauge).build();
    }

    @Test
    void aConditionThatFailsDropsNothingUnlessItPropagates() {
        String condition = "attributes[\"a\"] + 1 == 2";
        ProcessorHarness ignores =
                new ProcessorHarness(Signal.LOGS, "filter", "{ logs: { log_record: ['" + condition + "'] } }");
        var left = (ExportLogsServiceRequest) Telling.run(ignores, Signal.LOGS, Telling.request(log("1")));
        assertThat(left).isEqualTo(Telling.request(log("1")));
        assertThat(ignores.metricsText()).contains("statement=\"logs::log_record::0\"} 1\n");
        ProcessorHarness propagates = new ProcessorHarness(
                Signal.LOGS, "filter", "{ error_mode: propagate, logs: { log_record: ['" + condition + "'] } }");
        RecordingResult result = propagates.send(Fixtures.payload(Signal.LOGS, Telling.request(log("1"))));
        assertThat(result.refusal().message())
                .isEqualTo("filter: logs::log_record::0: a text + a whole number (expected: two numbers of one type)");
    }
}
