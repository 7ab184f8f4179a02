package io.lightvessel.local.sink;

import com.google.protobuf.ByteString;
import io.lightvessel.local.sink.Store.Kind;
import io.lightvessel.local.sink.Telemetry.LogLine;
import io.lightvessel.local.sink.Telemetry.Point;
import io.lightvessel.local.sink.Telemetry.ProfileSeries;
import io.lightvessel.local.sink.Telemetry.Span;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
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
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts OTLP requests into the store. */
final class Otlp {

    private final Store store;

    Otlp(Store store) {
        this.store = store;
    }

    void traces(ExportTraceServiceRequest request) {
        long records = 0;
        for (ResourceSpans batch : request.getResourceSpansList()) {
            Map<String, String> resource = resource(batch.getResource());
            for (ScopeSpans scope : batch.getScopeSpansList()) {
                for (io.opentelemetry.proto.trace.v1.Span span : scope.getSpansList()) {
                    store.add(span(span, resource));
                    records++;
                }
            }
        }
        store.arrived(Kind.TRACES, records, request.getSerializedSize());
    }

    void logs(ExportLogsServiceRequest request) {
        long records = 0;
        for (ResourceLogs batch : request.getResourceLogsList()) {
            Map<String, String> resource = resource(batch.getResource());
            for (ScopeLogs scope : batch.getScopeLogsList()) {
                for (LogRecord line : scope.getLogRecordsList()) {
                    store.add(line(line, resource));
                    records++;
                }
            }
        }
        store.arrived(Kind.LOGS, records, request.getSerializedSize());
    }

    void metrics(ExportMetricsServiceRequest request) {
        long records = 0;
        for (ResourceMetrics batch : request.getResourceMetricsList()) {
            Map<String, String> resource = resource(batch.getResource());
            for (ScopeMetrics scope : batch.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    records += metric(metric, resource);
                }
            }
        }
        store.arrived(Kind.METRICS, records, request.getSerializedSize());
    }

    void profiles(ExportProfilesServiceRequest request) {
        ProfilesDictionary dictionary = request.getDictionary();
        long records = 0;
        for (ResourceProfiles batch : request.getResourceProfilesList()) {
            Map<String, String> resource = resource(batch.getResource());
            for (ScopeProfiles scope : batch.getScopeProfilesList()) {
                for (Profile profile : scope.getProfilesList()) {
                    int type = profile.getSampleType().getTypeStrindex();
                    String name = type < dictionary.getStringTableCount() ? dictionary.getStringTable(type) : "?";
                    store.add(new ProfileSeries(
                            store.now(),
                            name,
                            List.of(name),
                            profile.getSamplesCount(),
                            profile.getDurationNano() / 1_000_000,
                            resource,
                            Map.of()));
                    records++;
                }
            }
        }
        store.arrived(Kind.PROFILES, records, request.getSerializedSize());
    }

    private Span span(io.opentelemetry.proto.trace.v1.Span span, Map<String, String> resource) {
        return new Span(
                store.now(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1_000,
                span.getStatus().getCode().name().replace("STATUS_CODE_", ""),
                resource,
                flat(span.getAttributesList()));
    }

    private LogLine line(LogRecord line, Map<String, String> resource) {
        return new LogLine(
                store.now(),
                Instant.ofEpochSecond(0, line.getTimeUnixNano()),
                line.getSeverityText(),
                text(line.getBody()),
                hex(line.getTraceId()),
                resource,
                flat(line.getAttributesList()));
    }

    private int metric(Metric metric, Map<String, String> resource) {
        return switch (metric.getDataCase()) {
            case GAUGE -> numbers(metric, "gauge", metric.getGauge().getDataPointsList(), resource);
            case SUM -> numbers(metric, "sum", metric.getSum().getDataPointsList(), resource);
            case HISTOGRAM -> histograms(metric, resource);
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> 0;
        };
    }

    private int numbers(Metric metric, String type, List<NumberDataPoint> points, Map<String, String> resource) {
        for (NumberDataPoint point : points) {
            double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
            store.add(
                    new Point(store.now(), metric.getName(), type, value, resource, flat(point.getAttributesList())),
                    Kind.METRICS);
        }
        return points.size();
    }

    private int histograms(Metric metric, Map<String, String> resource) {
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            store.add(
                    new Point(
                            store.now(),
                            metric.getName(),
                            "histogram",
                            point.getCount(),
                            resource,
                            flat(point.getAttributesList())),
                    Kind.METRICS);
        }
        return metric.getHistogram().getDataPointsCount();
    }

    private static Map<String, String> resource(Resource resource) {
        return flat(resource.getAttributesList());
    }

    private static Map<String, String> flat(List<KeyValue> attributes) {
        Map<String, String> flat = new TreeMap<>();
        attributes.forEach(attribute -> flat.put(attribute.getKey(), text(attribute.getValue())));
        return flat;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case BYTES_VALUE -> hex(value.getBytesValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(Otlp::text)
                        .collect(Collectors.joining(", ", "[", "]"));
            case KVLIST_VALUE -> flat(value.getKvlistValue().getValuesList()).toString();
            default -> "";
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
