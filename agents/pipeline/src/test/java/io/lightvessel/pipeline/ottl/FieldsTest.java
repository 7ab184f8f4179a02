package io.lightvessel.pipeline.ottl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.TextFormat;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ProcessorHarness;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every context is written where the protocol has it, and read back from there. */
class FieldsTest {

    private static final String TRACES = "resource_spans { resource {} scope_spans { scope {} spans { events {} } } }";
    private static final String LOGS = "resource_logs { resource {} scope_logs { scope {} log_records {} } }";
    private static final String NUMBER =
            "resource_metrics { scope_metrics { metrics { sum { data_points { as_int: 7 } } } } }";
    private static final String HISTOGRAM =
            "resource_metrics { scope_metrics { metrics { histogram { data_points {} } } } }";
    private static final String EXPONENTIAL =
            "resource_metrics { scope_metrics { metrics { exponential_histogram { data_points {} } } } }";
    private static final String SUMMARY =
            "resource_metrics { scope_metrics { metrics { summary { data_points {} } } } }";

    static Stream<Arguments> fields() {
        return Stream.of(
                traces("resource.dropped_attributes_count", "7", "dropped_attributes_count: 7"),
                traces("resource.attributes[\"a\"]", "7", "attributes { key: \"a\" value { int_value: 7 } }"),
                traces("scope.name", "\"n\"", "name: \"n\""),
                traces("instrumentation_scope.version", "\"n\"", "version: \"n\""),
                traces("scope.dropped_attributes_count", "7", "dropped_attributes_count: 7"),
                traces("scope.attributes[\"a\"]", "7", "attributes { key: \"a\" value { int_value: 7 } }"),
                traces(
                        "span.trace_id",
                        "TraceID(0x30313233343536373031323334353637)",
                        "trace_id: \"0123456701234567\""),
                traces(
                        "span.trace_id.string",
                        "\"30313233343536373031323334353637\"",
                        "trace_id: \"0123456701234567\""),
                traces("span.span_id", "SpanID(0x3031323334353637)", "span_id: \"01234567\""),
                traces("span.span_id.string", "\"3031323334353637\"", "span_id: \"01234567\""),
                traces("span.parent_span_id", "SpanID(0x3031323334353637)", "parent_span_id: \"01234567\""),
                traces("span.parent_span_id.string", "\"3031323334353637\"", "parent_span_id: \"01234567\""),
                traces("span.trace_state", "\"n\"", "trace_state: \"n\""),
                traces("span.name", "\"n\"", "name: \"n\""),
                traces("span.kind", "SPAN_KIND_SERVER", "kind: SPAN_KIND_SERVER"),
                traces("span.start_time_unix_nano", "7", "start_time_unix_nano: 7"),
                traces("span.end_time_unix_nano", "7", "end_time_unix_nano: 7"),
                traces("span.attributes[\"a\"]", "7", "attributes { key: \"a\" value { int_value: 7 } }"),
                traces("span.dropped_attributes_count", "7", "dropped_attributes_count: 7"),
                traces("span.dropped_events_count", "7", "dropped_events_count: 7"),
                traces("span.dropped_links_count", "7", "dropped_links_count: 7"),
                traces("span.status.code", "STATUS_CODE_ERROR", "status { code: STATUS_CODE_ERROR }"),
                traces("span.status.message", "\"n\"", "status { message: \"n\" }"),
                traces("spanevent.name", "\"n\"", "name: \"n\""),
                traces("spanevent.time_unix_nano", "7", "time_unix_nano: 7"),
                traces("spanevent.dropped_attributes_count", "7", "dropped_attributes_count: 7"),
                traces("spanevent.attributes[\"a\"]", "7", "attributes { key: \"a\" value { int_value: 7 } }"),
                logs("time_unix_nano", "7", "time_unix_nano: 7"),
                logs("observed_time_unix_nano", "7", "observed_time_unix_nano: 7"),
                logs("severity_number", "SEVERITY_NUMBER_WARN2", "severity_number: SEVERITY_NUMBER_WARN2"),
                logs("severity_text", "\"n\"", "severity_text: \"n\""),
                logs("body", "[1]", "body { array_value { values { int_value: 1 } } }"),
                logs("body.string", "\"n\"", "body { string_value: \"n\" }"),
                logs("dropped_attributes_count", "7", "dropped_attributes_count: 7"),
                logs("flags", "4294967295", "flags: 4294967295"),
                logs("trace_id", "TraceID(0x30313233343536373031323334353637)", "trace_id: \"0123456701234567\""),
                logs("span_id.string", "\"3031323334353637\"", "span_id: \"01234567\""),
                logs("event_name", "\"n\"", "event_name: \"n\""),
                metrics(NUMBER, "metric.name", "\"n\"", "name: \"n\""),
                metrics(NUMBER, "metric.description", "\"n\"", "description: \"n\""),
                metrics(NUMBER, "metric.unit", "\"n\"", "unit: \"n\""),
                metrics(NUMBER, "metric.metadata[\"a\"]", "7", "metadata { key: \"a\" value { int_value: 7 } }"),
                metrics(
                        NUMBER,
                        "metric.aggregation_temporality",
                        "2",
                        "aggregation_temporality: AGGREGATION_TEMPORALITY_CUMULATIVE"),
                metrics(
                        HISTOGRAM,
                        "metric.aggregation_temporality",
                        "AGGREGATION_TEMPORALITY_DELTA",
                        "aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA"),
                metrics(NUMBER, "metric.is_monotonic", "true", "is_monotonic: true"),
                metrics(NUMBER, "datapoint.value_double", "1.5", "as_double: 1.5"),
                metrics(NUMBER, "datapoint.value_int", "9", "as_int: 9"),
                metrics(NUMBER, "datapoint.start_time_unix_nano", "7", "start_time_unix_nano: 7"),
                metrics(SUMMARY, "datapoint.time_unix_nano", "7", "time_unix_nano: 7"),
                metrics(NUMBER, "datapoint.flags", "FLAG_NO_RECORDED_VALUE", "flags: 1"),
                metrics(HISTOGRAM, "datapoint.flags", "1", "flags: 1"),
                metrics(EXPONENTIAL, "datapoint.flags", "1", "flags: 1"),
                metrics(SUMMARY, "datapoint.flags", "1", "flags: 1"),
                metrics(HISTOGRAM, "datapoint.count", "7", "count: 7"),
                metrics(EXPONENTIAL, "datapoint.count", "7", "count: 7"),
                metrics(SUMMARY, "datapoint.count", "7", "count: 7"),
                metrics(HISTOGRAM, "datapoint.sum", "1.5", "sum: 1.5"),
                metrics(EXPONENTIAL, "datapoint.sum", "1.5", "sum: 1.5"),
                metrics(SUMMARY, "datapoint.sum", "1.5", "sum: 1.5"),
                metrics(EXPONENTIAL, "datapoint.scale", "-3", "scale: -3"),
                metrics(EXPONENTIAL, "datapoint.zero_count", "7", "zero_count: 7"),
                metrics(NUMBER, "datapoint.attributes[\"a\"]", "7", "attributes { key: \"a\" value { int_value: 7 } }"),
                metrics(
                        SUMMARY,
                        "datapoint.attributes[\"a\"]",
                        "7",
                        "attributes { key: \"a\" value { int_value: 7 } }"));
    }

    private static Arguments traces(String field, String value, String expected) {
        return arguments(Signal.TRACES, TRACES, field, value, expected);
    }

    private static Arguments logs(String field, String value, String expected) {
        return arguments(Signal.LOGS, LOGS, "log." + field, value, expected);
    }

    private static Arguments metrics(String request, String field, String value, String expected) {
        return arguments(Signal.METRICS, request, field, value, expected);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("fields")
    void areWrittenAndReadBack(Signal signal, String request, String field, String value, String expected)
            throws Exception {
        MessageLite before = parse(signal, request);
        String context = field.substring(0, field.indexOf('.')).replace("instrumentation_", "");
        ProcessorHarness writes = Telling.transform(signal, context, "set(" + field + ", " + value + ")");
        MessageLite after = Telling.run(writes, signal, before);
        assertThat(after).isNotEqualTo(before);
        String oneLine =
                TextFormat.printer().emittingSingleLine(true).printToString((com.google.protobuf.Message) after);
        assertThat(oneLine).contains(expected);
        ProcessorHarness reads = Telling.transform(
                signal, context, "set(resource.attributes[\"same\"], true) where " + field + " == " + value);
        assertThat(Telling.run(reads, signal, after).toString()).contains("\"same\"");
        assertThat(Telling.run(reads, signal, before).toString()).doesNotContain("\"same\"");
    }

    private static MessageLite parse(Signal signal, String text) throws TextFormat.ParseException {
        com.google.protobuf.Message.Builder builder = switch (signal) {
            case LOGS -> ExportLogsServiceRequest.newBuilder();
            case TRACES -> ExportTraceServiceRequest.newBuilder();
            case METRICS -> ExportMetricsServiceRequest.newBuilder();
            case PROFILES -> throw new IllegalArgumentException("profiles");
        };
        TextFormat.merge(text, builder);
        return builder.build();
    }

    @org.junit.jupiter.api.Test
    void pointsHaveOneValueAndMetricsOneType() throws Exception {
        MessageLite request = parse(Signal.METRICS, NUMBER);
        ProcessorHarness harness = Telling.transform(
                Signal.METRICS,
                "datapoint",
                "set(attributes[\"double\"], value_double)",
                "set(attributes[\"int\"], value_int)",
                "set(attributes[\"count\"], count)",
                "set(attributes[\"type\"], metric.type)",
                "set(value_double, Double(value_int))");
        String changed = TextFormat.printer().emittingSingleLine(true).printToString((com.google.protobuf.Message)
                Telling.run(harness, Signal.METRICS, request));
        assertThat(changed)
                .contains("\"double\" value { double_value: 0.0 }", "\"int\" value { int_value: 7 }")
                .contains("\"type\" value { int_value: 2 }", "as_double: 7.0")
                .doesNotContain("as_int", "\"count\"");
    }

    @org.junit.jupiter.api.Test
    void idsOfOddBytesAreReadAsTheyAre() throws Exception {
        MessageLite request = parse(Signal.LOGS, LOGS.replace("log_records {}", "log_records { trace_id: \"ab\" }"));
        ProcessorHarness harness = Telling.transform(
                Signal.LOGS,
                "log",
                "set(body, trace_id.string)",
                "set(trace_id.string, \"xy\")",
                "set(trace_id, trace_id)");
        ExportLogsServiceRequest changed = (ExportLogsServiceRequest) Telling.run(harness, Signal.LOGS, request);
        var log = changed.getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
        assertThat(log.getBody().getStringValue()).isEqualTo("6162");
        assertThat(log.getTraceId()).isEqualTo(ByteString.copyFromUtf8("ab"));
    }
}
