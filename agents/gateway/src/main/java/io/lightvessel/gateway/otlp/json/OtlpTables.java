package io.lightvessel.gateway.otlp.json;

import static io.lightvessel.gateway.otlp.json.Kind.BASE64;
import static io.lightvessel.gateway.otlp.json.Kind.BOOL;
import static io.lightvessel.gateway.otlp.json.Kind.DOUBLE;
import static io.lightvessel.gateway.otlp.json.Kind.ENUM;
import static io.lightvessel.gateway.otlp.json.Kind.FIXED32;
import static io.lightvessel.gateway.otlp.json.Kind.FIXED64;
import static io.lightvessel.gateway.otlp.json.Kind.INT32;
import static io.lightvessel.gateway.otlp.json.Kind.INT64;
import static io.lightvessel.gateway.otlp.json.Kind.SFIXED64;
import static io.lightvessel.gateway.otlp.json.Kind.SINT32;
import static io.lightvessel.gateway.otlp.json.Kind.SPAN_ID;
import static io.lightvessel.gateway.otlp.json.Kind.STRING;
import static io.lightvessel.gateway.otlp.json.Kind.TRACE_ID;
import static io.lightvessel.gateway.otlp.json.Kind.UINT32;
import static io.lightvessel.gateway.otlp.json.Kind.UINT64;

import io.lightvessel.config.Signal;

/** The messages of opentelemetry-proto that OTLP JSON can carry; a test compares them with the published descriptors. */
final class OtlpTables {
    static final MessageTable TRACES;
    static final MessageTable METRICS;
    static final MessageTable LOGS;
    static final MessageTable PROFILES;
    static final MessageTable RESOURCE;

    static {
        MessageTable anyValue = new MessageTable("AnyValue");
        MessageTable keyValue = new MessageTable("KeyValue")
                .one(1, "key", STRING)
                .one(2, "value", anyValue)
                .one(3, "keyStrindex", INT32);
        anyValue.one(1, "stringValue", STRING)
                .one(2, "boolValue", BOOL)
                .one(3, "intValue", INT64)
                .one(4, "doubleValue", DOUBLE)
                .one(5, "arrayValue", new MessageTable("ArrayValue").many(1, "values", anyValue))
                .one(6, "kvlistValue", new MessageTable("KeyValueList").many(1, "values", keyValue))
                .one(7, "bytesValue", BASE64)
                .one(8, "stringValueStrindex", INT32);
        MessageTable scope = new MessageTable("InstrumentationScope")
                .one(1, "name", STRING)
                .one(2, "version", STRING)
                .many(3, "attributes", keyValue)
                .one(4, "droppedAttributesCount", UINT32);
        MessageTable resource = new MessageTable("Resource")
                .many(1, "attributes", keyValue)
                .one(2, "droppedAttributesCount", UINT32)
                .many(
                        3,
                        "entityRefs",
                        new MessageTable("EntityRef")
                                .one(1, "schemaUrl", STRING)
                                .one(2, "type", STRING)
                                .many(3, "idKeys", STRING)
                                .many(4, "descriptionKeys", STRING));

        RESOURCE = resource;
        TRACES = request("Trace", "Spans", resource, scope, "spans", span(keyValue));
        METRICS = request("Metrics", "Metrics", resource, scope, "metrics", metric(keyValue));
        LOGS = request("Logs", "Logs", resource, scope, "logRecords", logRecord(keyValue, anyValue));
        PROFILES = request("Profiles", "Profiles", resource, scope, "profiles", ProfileTables.profile())
                .one(2, "dictionary", ProfileTables.dictionary(anyValue));
    }

    private OtlpTables() {}

    /** The export request of a signal. */
    static MessageTable request(Signal signal) {
        return switch (signal) {
            case TRACES -> TRACES;
            case METRICS -> METRICS;
            case LOGS -> LOGS;
            case PROFILES -> PROFILES;
        };
    }

    private static MessageTable request(
            String service,
            String plural,
            MessageTable resource,
            MessageTable scope,
            String recordsField,
            MessageTable record) {
        MessageTable perScope = new MessageTable("Scope" + plural)
                .one(1, "scope", scope)
                .many(2, recordsField, record)
                .one(3, "schemaUrl", STRING);
        MessageTable perResource = new MessageTable("Resource" + plural)
                .one(1, "resource", resource)
                .many(2, "scope" + plural, perScope)
                .one(3, "schemaUrl", STRING);
        return new MessageTable("Export" + service + "ServiceRequest").many(1, "resource" + plural, perResource);
    }

    private static MessageTable span(MessageTable keyValue) {
        return new MessageTable("Span")
                .one(1, "traceId", TRACE_ID)
                .one(2, "spanId", SPAN_ID)
                .one(3, "traceState", STRING)
                .one(4, "parentSpanId", SPAN_ID)
                .one(5, "name", STRING)
                .one(6, "kind", ENUM)
                .one(7, "startTimeUnixNano", FIXED64)
                .one(8, "endTimeUnixNano", FIXED64)
                .many(9, "attributes", keyValue)
                .one(10, "droppedAttributesCount", UINT32)
                .many(
                        11,
                        "events",
                        new MessageTable("Event")
                                .one(1, "timeUnixNano", FIXED64)
                                .one(2, "name", STRING)
                                .many(3, "attributes", keyValue)
                                .one(4, "droppedAttributesCount", UINT32))
                .one(12, "droppedEventsCount", UINT32)
                .many(
                        13,
                        "links",
                        new MessageTable("Link")
                                .one(1, "traceId", TRACE_ID)
                                .one(2, "spanId", SPAN_ID)
                                .one(3, "traceState", STRING)
                                .many(4, "attributes", keyValue)
                                .one(5, "droppedAttributesCount", UINT32)
                                .one(6, "flags", FIXED32))
                .one(14, "droppedLinksCount", UINT32)
                .one(
                        15,
                        "status",
                        new MessageTable("Status").one(2, "message", STRING).one(3, "code", ENUM))
                .one(16, "flags", FIXED32);
    }

    private static MessageTable logRecord(MessageTable keyValue, MessageTable anyValue) {
        return new MessageTable("LogRecord")
                .one(1, "timeUnixNano", FIXED64)
                .one(2, "severityNumber", ENUM)
                .one(3, "severityText", STRING)
                .one(5, "body", anyValue)
                .many(6, "attributes", keyValue)
                .one(7, "droppedAttributesCount", UINT32)
                .one(8, "flags", FIXED32)
                .one(9, "traceId", TRACE_ID)
                .one(10, "spanId", SPAN_ID)
                .one(11, "observedTimeUnixNano", FIXED64)
                .one(12, "eventName", STRING);
    }

    private static MessageTable metric(MessageTable keyValue) {
        MessageTable exemplar = new MessageTable("Exemplar")
                .one(2, "timeUnixNano", FIXED64)
                .one(3, "asDouble", DOUBLE)
                .one(4, "spanId", SPAN_ID)
                .one(5, "traceId", TRACE_ID)
                .one(6, "asInt", SFIXED64)
                .many(7, "filteredAttributes", keyValue);
        MessageTable number = new MessageTable("NumberDataPoint")
                .one(2, "startTimeUnixNano", FIXED64)
                .one(3, "timeUnixNano", FIXED64)
                .one(4, "asDouble", DOUBLE)
                .many(5, "exemplars", exemplar)
                .one(6, "asInt", SFIXED64)
                .many(7, "attributes", keyValue)
                .one(8, "flags", UINT32);
        return new MessageTable("Metric")
                .one(1, "name", STRING)
                .one(2, "description", STRING)
                .one(3, "unit", STRING)
                .one(5, "gauge", new MessageTable("Gauge").many(1, "dataPoints", number))
                .one(
                        7,
                        "sum",
                        new MessageTable("Sum")
                                .many(1, "dataPoints", number)
                                .one(2, "aggregationTemporality", ENUM)
                                .one(3, "isMonotonic", BOOL))
                .one(9, "histogram", histogram(keyValue, exemplar))
                .one(10, "exponentialHistogram", exponentialHistogram(keyValue, exemplar))
                .one(11, "summary", summary(keyValue))
                .many(12, "metadata", keyValue);
    }

    private static MessageTable histogram(MessageTable keyValue, MessageTable exemplar) {
        return new MessageTable("Histogram")
                .many(
                        1,
                        "dataPoints",
                        new MessageTable("HistogramDataPoint")
                                .one(2, "startTimeUnixNano", FIXED64)
                                .one(3, "timeUnixNano", FIXED64)
                                .one(4, "count", FIXED64)
                                .one(5, "sum", DOUBLE)
                                .many(6, "bucketCounts", FIXED64)
                                .many(7, "explicitBounds", DOUBLE)
                                .many(8, "exemplars", exemplar)
                                .many(9, "attributes", keyValue)
                                .one(10, "flags", UINT32)
                                .one(11, "min", DOUBLE)
                                .one(12, "max", DOUBLE))
                .one(2, "aggregationTemporality", ENUM);
    }

    private static MessageTable exponentialHistogram(MessageTable keyValue, MessageTable exemplar) {
        MessageTable buckets =
                new MessageTable("Buckets").one(1, "offset", SINT32).many(2, "bucketCounts", UINT64);
        return new MessageTable("ExponentialHistogram")
                .many(
                        1,
                        "dataPoints",
                        new MessageTable("ExponentialHistogramDataPoint")
                                .many(1, "attributes", keyValue)
                                .one(2, "startTimeUnixNano", FIXED64)
                                .one(3, "timeUnixNano", FIXED64)
                                .one(4, "count", FIXED64)
                                .one(5, "sum", DOUBLE)
                                .one(6, "scale", SINT32)
                                .one(7, "zeroCount", FIXED64)
                                .one(8, "positive", buckets)
                                .one(9, "negative", buckets)
                                .one(10, "flags", UINT32)
                                .many(11, "exemplars", exemplar)
                                .one(12, "min", DOUBLE)
                                .one(13, "max", DOUBLE)
                                .one(14, "zeroThreshold", DOUBLE))
                .one(2, "aggregationTemporality", ENUM);
    }

    private static MessageTable summary(MessageTable keyValue) {
        return new MessageTable("Summary")
                .many(
                        1,
                        "dataPoints",
                        new MessageTable("SummaryDataPoint")
                                .one(2, "startTimeUnixNano", FIXED64)
                                .one(3, "timeUnixNano", FIXED64)
                                .one(4, "count", FIXED64)
                                .one(5, "sum", DOUBLE)
                                .many(
                                        6,
                                        "quantileValues",
                                        new MessageTable("ValueAtQuantile")
                                                .one(1, "quantile", DOUBLE)
                                                .one(2, "value", DOUBLE))
                                .many(7, "attributes", keyValue)
                                .one(8, "flags", UINT32));
    }
}
