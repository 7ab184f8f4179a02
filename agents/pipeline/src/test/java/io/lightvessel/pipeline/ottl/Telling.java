package io.lightvessel.pipeline.ottl;

import com.google.protobuf.MessageLite;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ProcessorHarness;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Runs processors on single requests and tells what came of them in few words. */
final class Telling {

    private Telling() {}

    /** Attributes as in {@code {a=1, b="x", c={d=[true]}}}. */
    static String tell(List<KeyValue> attributes) {
        return attributes.stream()
                .map(attribute -> attribute.getKey() + "=" + tell(attribute.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String tell(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> "\"" + value.getStringValue() + "\"";
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(Telling::tell)
                        .collect(Collectors.joining(", ", "[", "]"));
            case KVLIST_VALUE -> tell(value.getKvlistValue().getValuesList());
            case BYTES_VALUE ->
                "0x" + HexFormat.of().formatHex(value.getBytesValue().toByteArray());
            default -> "nothing";
        };
    }

    /** A statement or condition as it stands in YAML. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''").replace("$", "$$") + "'";
    }

    /** A transform processor for statements of one context, with {@code error_mode} ignore. */
    static ProcessorHarness transform(Signal signal, String context, String... statements) {
        String key = switch (signal) {
            case TRACES -> "trace_statements";
            case METRICS -> "metric_statements";
            case LOGS -> "log_statements";
            case PROFILES -> throw new IllegalArgumentException("profiles");
        };
        List<String> quoted = new ArrayList<>();
        for (String statement : statements) {
            quoted.add(quoted(statement));
        }
        return new ProcessorHarness(
                signal, "transform", "{ %s: [{ context: %s, statements: %s }] }".formatted(key, context, quoted));
    }

    /** What a processor makes of a request. */
    static MessageLite run(ProcessorHarness harness, Signal signal, MessageLite request) {
        harness.send(Fixtures.payload(signal, request));
        Payload changed = harness.passedOn.getFirst();
        byte[] bytes = Fixtures.copy(changed);
        harness.releaseAll();
        try {
            return switch (signal) {
                case LOGS -> ExportLogsServiceRequest.parseFrom(bytes);
                case TRACES -> ExportTraceServiceRequest.parseFrom(bytes);
                case METRICS -> ExportMetricsServiceRequest.parseFrom(bytes);
                case PROFILES -> throw new IllegalArgumentException("profiles");
            };
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** What statements of context log make of one record. */
    static LogRecord log(LogRecord log, String... statements) {
        ProcessorHarness harness = transform(Signal.LOGS, "log", statements);
        return ((ExportLogsServiceRequest) run(harness, Signal.LOGS, request(log)))
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecords(0);
    }

    static ExportLogsServiceRequest request(LogRecord... logs) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(logs))))
                .build();
    }
}
