package io.lightvessel.conformance.cases;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.profiles.v1development.Profile;
import io.opentelemetry.proto.profiles.v1development.ProfilesDictionary;
import io.opentelemetry.proto.profiles.v1development.ResourceProfiles;
import io.opentelemetry.proto.profiles.v1development.ScopeProfiles;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.HexFormat;

/** Small requests that are all right. */
final class Samples {
    static final String TRACE_ID = "5b8efff798038103d269b633813fc60c";
    static final String SPAN_ID = "eee19b7ec3c1b174";
    private static final long START = 1_700_000_000_000_000_000L;
    private static final int NEVER_ASSIGNED = 9_876;

    private Samples() {}

    private static Resource resource() {
        return Resource.newBuilder()
                .addAttributes(attribute(
                        "service.name",
                        AnyValue.newBuilder().setStringValue("conformance").build()))
                .build();
    }

    static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static ExportTraceServiceRequest spans(KeyValue... attributes) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(bytes(TRACE_ID))
                .setSpanId(bytes(SPAN_ID))
                .setName("conformance")
                .setKind(SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(START)
                .setEndTimeUnixNano(START + 1_000);
        for (KeyValue attribute : attributes) {
            span.addAttributes(attribute);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource())
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    static ExportMetricsServiceRequest points() {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource())
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("conformance")
                                        .setGauge(Gauge.newBuilder()
                                                .addDataPoints(NumberDataPoint.newBuilder()
                                                        .setTimeUnixNano(START)
                                                        .setAsInt(7))))))
                .build();
    }

    static ExportLogsServiceRequest logs(String body) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource())
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder()
                                        .setTimeUnixNano(START)
                                        .setBody(AnyValue.newBuilder().setStringValue(body)))))
                .build();
    }

    static ExportProfilesServiceRequest profiles() {
        return ExportProfilesServiceRequest.newBuilder()
                .addResourceProfiles(ResourceProfiles.newBuilder()
                        .setResource(resource())
                        .addScopeProfiles(ScopeProfiles.newBuilder()
                                .addProfiles(Profile.newBuilder().setTimeUnixNano(START))))
                .setDictionary(ProfilesDictionary.newBuilder().addStringTable(""))
                .build();
    }

    /** A request of spans with fields that no version of OTLP has, in three messages of it. */
    static byte[] unknownFields() {
        ExportTraceServiceRequest.Builder request = spans().toBuilder();
        ResourceSpans.Builder resource = request.getResourceSpansBuilder(0);
        unknown(resource.getScopeSpansBuilder(0).getSpansBuilder(0));
        unknown(resource);
        unknown(request);
        return request.build().toByteArray();
    }

    private static void unknown(Message.Builder message) {
        Field field = Field.newBuilder()
                .addVarint(1)
                .addFixed32(2)
                .addFixed64(3)
                .addLengthDelimited(ByteString.copyFromUtf8("from the future"))
                .build();
        message.setUnknownFields(
                UnknownFieldSet.newBuilder().addField(NEVER_ASSIGNED, field).build());
    }

    /** One span with these JSON fields. */
    static String spanJson(String fields) {
        return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{" + fields + "}]}]}]}";
    }

    /** One point of a gauge with these JSON fields. */
    static String pointJson(String fields) {
        return "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"conformance\",\"gauge\":"
                + "{\"dataPoints\":[{" + fields + "}]}}]}]}]}";
    }

    /** One log record with this JSON value as its body. */
    static String logJson(String body) {
        return "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":" + body + "}]}]}]}";
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
