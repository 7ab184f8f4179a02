package io.lightvessel.pipeline.ottl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RecordingResult;
import io.lightvessel.pipeline.Refusal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;

class TransformProcessorTest extends ProcessorContract {

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return new ProcessorHarness(signal, "transform", "{ log_statements: ['set(log.attributes[\"seen\"], true)'] }");
    }

    @Override
    @Test
    public void profilesPassWithTheirDictionaryWhereItWas() {
        assertThatThrownBy(() -> harness(Signal.PROFILES))
                .hasMessageContaining(
                        "processor 'transform' does not carry profiles (expected: a pipeline of traces, metrics, logs)");
    }

    private static LogRecord log(String key, String value) {
        return LogRecord.newBuilder()
                .addAttributes(Fixtures.attribute(key, value))
                .build();
    }

    @Test
    void aRequestNobodyChangesIsPassedOnAsItIs() {
        ProcessorHarness harness =
                Telling.transform(Signal.LOGS, "log", "set(body, \"x\") where attributes[\"a\"] == \"b\"");
        Payload payload = Fixtures.payload(Signal.LOGS, Telling.request(log("a", "c"), log("b", "b")));
        harness.send(payload);
        assertThat(harness.passedOn.getFirst()).isSameAs(payload);
        harness.releaseAll();
    }

    @Test
    void anotherSignalsStatementsDoNothing() {
        ProcessorHarness harness = harness(Signal.TRACES);
        Payload payload =
                Fixtures.payload(Signal.TRACES, Fixtures.randomRequest(Signal.TRACES, new java.util.Random(1)));
        harness.send(payload);
        assertThat(harness.passedOn.getFirst()).isSameAs(payload);
        harness.releaseAll();
    }

    @Test
    void anErrorKeepsTheRecordAsItWasBeforeTheStatementAndIsCounted() {
        ProcessorHarness harness = Telling.transform(
                Signal.LOGS,
                "log",
                "set(attributes[\"one\"], 1)",
                "set(severity_number, attributes[\"a\"])",
                "set(attributes[\"two\"], 2)");
        var changed = (ExportLogsServiceRequest)
                Telling.run(harness, Signal.LOGS, Telling.request(log("a", "b"), log("a", "c")));
        assertThat(changed.getResourceLogs(0).getScopeLogs(0).getLogRecordsList())
                .extracting(record -> Telling.tell(record.getAttributesList()))
                .containsExactly("{a=\"b\", one=1, two=2}", "{a=\"c\", one=1, two=2}");
        assertThat(harness.metricsText())
                .contains(
                        "lightvessel_processor_statement_errors{processor=\"transform\",statement=\"log_statements::0::statements::0\"} 0\n",
                        "lightvessel_processor_statement_errors{processor=\"transform\",statement=\"log_statements::0::statements::1\"} 2\n");
    }

    @Test
    void propagateRefusesTheRequest() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "transform", """
                { error_mode: propagate, log_statements: [
                    { context: log, error_mode: silent, statements: ['set(severity_number, attributes["a"])'] },
                    { context: log, statements: ['set(body, "x")', 'set(flags, attributes["a"])'] }
                ] }""");
        Payload payload = Fixtures.payload(Signal.LOGS, Telling.request(log("a", "b")));
        RecordingResult result = harness.send(payload);
        assertThat(harness.passedOn).isEmpty();
        assertThat(result.refusal())
                .isEqualTo(Refusal.permanent(
                        DropReason.STATEMENT_FAILED,
                        "transform: log_statements::1::statements::1: a text (expected: a whole number)"));
        assertThat(payload.refCnt()).as("released").isZero();
    }

    @Test
    void conditionsOfAGroupAreAlternatives() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "transform", """
                { log_statements: [ { context: log,
                    conditions: ['attributes["a"] == "b"', 'attributes["a"] > 1 + attributes["a"]', 'attributes["a"] == "c"'],
                    statements: ['set(body, "x")'] } ] }""");
        var changed = (ExportLogsServiceRequest)
                Telling.run(harness, Signal.LOGS, Telling.request(log("a", "b"), log("a", "c"), log("a", "d")));
        assertThat(changed.getResourceLogs(0).getScopeLogs(0).getLogRecordsList())
                .extracting(record -> record.getBody().getStringValue())
                .containsExactly("x", "x", "");
        assertThat(harness.metricsText()).contains("statement=\"log_statements::0::conditions::1\"} 2\n");
    }

    /** Were groups run side by side, the log would see its resource changed, or not, at the wrong time. */
    @Test
    void groupsRunOneAfterTheOtherOverTheWholeRequest() {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "transform", """
                { log_statements: [
                    'set(log.attributes["before"], resource.attributes["r"])',
                    'set(resource.attributes["r"], "new")',
                    'set(log.attributes["after"], resource.attributes["r"])',
                    'set(resource.attributes["last"], log.attributes["a"])',
                    'set(log.attributes["last"], resource.attributes["last"])'
                ] }""");
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(Fixtures.attribute("r", "old")))
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(log("a", "1"))
                                .addLogRecords(log("a", "2"))))
                .build();
        var group = ((ExportLogsServiceRequest) Telling.run(harness, Signal.LOGS, request)).getResourceLogs(0);
        assertThat(Telling.tell(group.getResource().getAttributesList())).isEqualTo("{r=\"new\", last=\"2\"}");
        assertThat(group.getScopeLogs(0).getLogRecordsList())
                .extracting(record -> Telling.tell(record.getAttributesList()))
                .containsExactly(
                        "{a=\"1\", before=\"old\", after=\"new\", last=\"2\"}",
                        "{a=\"2\", before=\"old\", after=\"new\", last=\"2\"}");
    }

    @Test
    void eventsOfSpansAreChanged() {
        ProcessorHarness harness = new ProcessorHarness(Signal.TRACES, "transform", """
                { trace_statements: [
                    'set(span.name, Concat([span.name, "!"], ""))',
                    'set(spanevent.attributes["of"], span.name) where spanevent.name == "b"'
                ] }""");
        var request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder()
                                        .setName("s")
                                        .addEvents(Span.Event.newBuilder().setName("a"))
                                        .addEvents(Span.Event.newBuilder().setName("b")))))
                .build();
        Span span = ((ExportTraceServiceRequest) Telling.run(harness, Signal.TRACES, request))
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0);
        assertThat(span.getName()).isEqualTo("s!");
        assertThat(span.getEventsList())
                .extracting(event -> Telling.tell(event.getAttributesList()))
                .containsExactly("{}", "{of=\"s!\"}");
    }
}
