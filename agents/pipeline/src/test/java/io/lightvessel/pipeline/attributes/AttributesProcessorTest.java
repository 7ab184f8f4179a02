package io.lightvessel.pipeline.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorContract;
import io.lightvessel.pipeline.ProcessorHarness;
import io.lightvessel.pipeline.RandomWire;
import io.lightvessel.pipeline.RecordingResult;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.rewrite.NaiveRewriter;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttributesProcessorTest extends ProcessorContract {

    private static final int ROUNDS = Integer.getInteger("lightvessel.rounds", 300);

    private static final List<Map<String, Object>> EVERYTHING = List.of(
            Map.of("key", "key-0", "action", "delete"),
            Map.of("key", "key-1", "value", "inserted", "action", "insert"),
            Map.of("key", "key-2", "value", 42, "action", "update"),
            Map.of("key", "key-3", "value", true, "action", "upsert"),
            Map.of("key", "renamed", "from_attribute", "key-4", "action", "insert"),
            Map.of("key", "key-4", "action", "delete"),
            Map.of("key", "copied", "from_attribute", "key-5", "default_value", 1.5, "action", "upsert"),
            Map.of("key", "key-5", "from_attribute", "nowhere", "action", "update"),
            Map.of("key", "key-1", "converted_type", "int", "action", "convert"),
            Map.of("key", "copied", "converted_type", "string", "action", "convert"),
            Map.of("key", "key-2", "converted_type", "double", "action", "convert"),
            Map.of(
                    "key",
                    "renamed",
                    "pattern",
                    "(?P<word>[a-z]+)-?(?P<number>[0-9]*)(?P<none>x)?",
                    "action",
                    "extract"),
            Map.of("pattern", "^wor", "action", "hash"),
            Map.of("key", "key-5", "pattern", "nothing", "action", "hash"),
            Map.of("pattern", "^n[ou]", "action", "delete"));

    @Override
    protected ProcessorHarness harness(Signal signal) {
        return new ProcessorHarness(signal, "attributes", "{ actions: " + flow(EVERYTHING) + " }");
    }

    @Override
    @Test
    public void profilesPassWithTheirDictionaryWhereItWas() {
        assertThatThrownBy(() -> harness(Signal.PROFILES))
                .hasMessageContaining(
                        "processor 'attributes' does not carry profiles (expected: a pipeline of traces, metrics, logs)");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void doesWhatDecodingEditingAndEncodingWouldDo(Signal signal) throws Exception {
        ProcessorHarness harness = harness(signal);
        NaiveAttributes naive = new NaiveAttributes(EVERYTHING);
        for (int seed = 0; seed < ROUNDS; seed++) {
            RandomWire wire = new RandomWire(seed, seed % 5 == 0);
            byte[] request = wire.request(signal);
            Payload payload = Payload.walk(signal, wire.buffer(request));
            harness.send(payload);
            Payload out = harness.passedOn.getFirst();
            assertThat(RandomWire.parse(signal, Fixtures.copy(out)))
                    .as("seed %d", seed)
                    .isEqualTo(NaiveRewriter.rewrite(
                            signal, RandomWire.parse(signal, request), (_, _, _, item) -> naive.edit(item)));
            assertThat(out.receivedBytes()).isEqualTo(request.length);
            harness.releaseAll();
            assertThat(payload.refCnt()).as("released").isZero();
        }
    }

    @Test
    void valuesComeFromTheRequestsHeaders() throws Exception {
        ProcessorHarness harness = new ProcessorHarness(Signal.LOGS, "attributes", """
                { actions: [
                    { key: tenant, from_context: metadata.X-Tenant, action: insert },
                    { key: plain, from_context: x-tenant, action: insert },
                    { key: missing, from_context: metadata.missing, action: insert },
                    { key: fallback, from_context: auth.subject, default_value: nobody, action: insert }
                ] }""");
        harness.send(Payload.walk(
                Signal.LOGS,
                Fixtures.bytes(Fixtures.logsRequest("shop", 1)),
                null,
                Metadata.of(Map.of("X-Tenant", List.of("a", "b")))));
        assertThat(firstLog(harness).getAttributesList())
                .containsExactly(
                        Fixtures.attribute("n", "0"),
                        Fixtures.attribute("tenant", "a;b"),
                        Fixtures.attribute("plain", "a;b"),
                        Fixtures.attribute("fallback", "nobody"));
        harness.releaseAll();
        harness.send(Fixtures.logs("shop", 1));
        assertThat(firstLog(harness).getAttributesList())
                .containsExactly(Fixtures.attribute("n", "0"), Fixtures.attribute("fallback", "nobody"));
        harness.releaseAll();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {match_type: strict, log_bodies: [line 1, line 2]}                                   | true
            {match_type: strict, log_bodies: [line]}                                             | false
            {match_type: regexp, log_bodies: [^line]}                                            | true
            {match_type: strict, log_severity_texts: [WARN]}                                     | true
            {match_type: strict, log_severity_texts: [warn]}                                     | false
            {match_type: strict, log_severity_number: {min: 13}}                                 | true
            {match_type: strict, log_severity_number: {min: 14, match_undefined: true}}          | false
            {match_type: strict, resources: [{key: service.name, value: shop}]}                  | true
            {match_type: strict, resources: [{key: service.name, value: shop}, {key: other}]}    | false
            {match_type: regexp, resources: [{key: service.name, value: sh.p}]}                  | true
            {match_type: strict, libraries: [{name: other}, {name: lib, version: '1'}]}          | true
            {match_type: strict, libraries: [{name: lib, version: ''}]}                          | false
            {match_type: regexp, libraries: [{name: ^l}]}                                        | true
            {match_type: strict, attributes: [{key: n}]}                                         | true
            {match_type: strict, attributes: [{key: n, value: 7}]}                               | true
            {match_type: strict, attributes: [{key: n, value: '7'}]}                             | false
            {match_type: regexp, attributes: [{key: n, value: '^7$'}]}                           | true
            {match_type: strict, attributes: [{key: n, value: 7}], log_bodies: [other]}          | false
            """)
    void logsAreIncludedOrExcludedByTheirProperties(String properties, boolean matches) {
        ExportLogsServiceRequest request = logs(LogRecord.newBuilder()
                .setBody(Fixtures.text("line 1"))
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
                .setSeverityText("WARN")
                .addAttributes(number("n", 7)));
        for (String clause : List.of("include", "exclude")) {
            ProcessorHarness harness = new ProcessorHarness(
                    Signal.LOGS,
                    "attributes",
                    "{ %s: %s, actions: [{ key: seen, value: 1, action: insert }] }".formatted(clause, properties));
            harness.send(Fixtures.payload(Signal.LOGS, request));
            assertThat(firstLog(harness).getAttributesList().contains(number("seen", 1)))
                    .as(clause)
                    .isEqualTo(matches == clause.equals("include"));
            harness.releaseAll();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {match_type: strict, services: [shop]}                 | true
            {match_type: regexp, services: [^nil]}                 | false
            {match_type: strict, span_names: [checkout]}           | true
            {match_type: regexp, span_names: [^out]}               | false
            {match_type: strict, span_kinds: [SPAN_KIND_SERVER]}   | true
            {match_type: strict, span_kinds: [SPAN_KIND_CLIENT]}   | false
            """)
    void spansAreIncludedByTheirProperties(String properties, boolean matches) throws Exception {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder()
                .setResource(Fixtures.resource("shop"))
                .addScopeSpansBuilder()
                .addSpans(Span.newBuilder().setName("checkout").setKind(Span.SpanKind.SPAN_KIND_SERVER));
        ProcessorHarness harness = new ProcessorHarness(
                Signal.TRACES,
                "attributes",
                "{ include: %s, actions: [{ key: seen, value: 1, action: insert }] }".formatted(properties));
        harness.send(Fixtures.payload(Signal.TRACES, request.build()));
        Span span = ExportTraceServiceRequest.parseFrom(Fixtures.copy(harness.passedOn.getFirst()))
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpans(0);
        assertThat(span.getAttributesList().contains(number("seen", 1))).isEqualTo(matches);
        harness.releaseAll();
    }

    @Test
    void metricsAreIncludedByTheirNames() throws Exception {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        Gauge.Builder gauge =
                Gauge.newBuilder().addDataPoints(NumberDataPoint.newBuilder().setAsInt(1));
        request.addResourceMetricsBuilder()
                .addScopeMetricsBuilder()
                .addMetrics(Metric.newBuilder().setName("one").setGauge(gauge))
                .addMetrics(Metric.newBuilder().setName("two").setGauge(gauge));
        ProcessorHarness harness = new ProcessorHarness(
                Signal.METRICS,
                "attributes",
                "{ include: {match_type: strict, metric_names: [two]}, actions: [{key: seen, value: 1, action: insert}] }");
        harness.send(Fixtures.payload(Signal.METRICS, request.build()));
        List<Metric> metrics = ExportMetricsServiceRequest.parseFrom(Fixtures.copy(harness.passedOn.getFirst()))
                .getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList();
        assertThat(metrics.get(0).getGauge().getDataPoints(0).getAttributesList())
                .isEmpty();
        assertThat(metrics.get(1).getGauge().getDataPoints(0).getAttributesList())
                .containsExactly(number("seen", 1));
        harness.releaseAll();
    }

    @Test
    void propertiesOfOtherSignalsAreRefused() {
        assertThatThrownBy(() -> new ProcessorHarness(
                        Signal.LOGS,
                        "attributes",
                        "{ include: {match_type: strict, span_names: [a]}, actions: [{key: k, action: delete}] }"))
                .hasRootCauseMessage("include::span_names: not a property of logs (expected: attributes, libraries, "
                        + "log_bodies, log_severity_number, log_severity_texts, resources)");
        assertThatThrownBy(() -> new ProcessorHarness(
                        Signal.METRICS,
                        "attributes",
                        "{ exclude: {match_type: strict}, actions: [{key: k, action: delete}] }"))
                .hasRootCauseMessage(
                        "exclude: nothing to match metrics by (expected: at least one of metric_names, resources)");
    }

    @Test
    void damageInsideAnAttributeIsRefusedWithItsReason() throws Exception {
        ProcessorHarness harness = harness(Signal.LOGS);
        // request { group { scope { record { attribute { key of length 9 with nothing behind it } } } } }
        Payload damaged =
                Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(HexFormat.of().parseHex("0A081206120432020A09")));
        RecordingResult result = harness.send(damaged);
        assertThat(result.refusal())
                .isEqualTo(Refusal.permanent(
                        DropReason.MALFORMED,
                        "attributes: a record cannot be read: length 9 at byte 3 (expected: at most 0)"));
        assertThat(damaged.refCnt()).isZero();
    }

    private static ExportLogsServiceRequest logs(LogRecord.Builder log) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        request.addResourceLogsBuilder()
                .setResource(Fixtures.resource("shop"))
                .addScopeLogsBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("lib").setVersion("1"))
                .addLogRecords(log);
        return request.build();
    }

    private static LogRecord firstLog(ProcessorHarness harness) {
        Message request = RandomWire.parse(Signal.LOGS, Fixtures.copy(harness.passedOn.getFirst()));
        return ((ExportLogsServiceRequest) request)
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecords(0);
    }

    private static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    private static String flow(List<Map<String, Object>> actions) {
        StringBuilder yaml = new StringBuilder("[");
        for (Map<String, Object> action : actions) {
            yaml.append("{ ");
            action.forEach((key, value) -> yaml.append(key)
                    .append(": ")
                    .append(value instanceof String text ? "'" + text + "'" : value)
                    .append(", "));
            yaml.append("}, ");
        }
        return yaml.append("]").toString();
    }
}
