package io.lightvessel.pipeline.processor;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.Fixtures;
import io.lightvessel.pipeline.Payload;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;

/** Takes requests apart the slow and obvious way, as a measure for the processors. */
final class Requests {

    private Requests() {}

    static MessageLite decode(Payload payload) {
        byte[] bytes = Fixtures.copy(payload);
        try {
            return switch (payload.signal()) {
                case LOGS -> ExportLogsServiceRequest.parseFrom(bytes);
                case TRACES -> ExportTraceServiceRequest.parseFrom(bytes);
                case METRICS -> ExportMetricsServiceRequest.parseFrom(bytes);
                case PROFILES -> throw new IllegalArgumentException("no profiles here");
            };
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Every record together with all that describes it: resource, scope, schema, unknown fields. */
    static List<ByteString> describedRecords(Signal signal, MessageLite request) {
        return switch (signal) {
            case LOGS -> logs((ExportLogsServiceRequest) request);
            case TRACES -> spans((ExportTraceServiceRequest) request);
            case METRICS -> points((ExportMetricsServiceRequest) request);
            case PROFILES -> throw new IllegalArgumentException("no profiles here");
        };
    }

    private static List<ByteString> logs(ExportLogsServiceRequest request) {
        List<ByteString> records = new ArrayList<>();
        for (var group : request.getResourceLogsList()) {
            for (var scope : group.getScopeLogsList()) {
                for (LogRecord log : scope.getLogRecordsList()) {
                    records.add(group.toBuilder()
                            .clearScopeLogs()
                            .addScopeLogs(scope.toBuilder().clearLogRecords().addLogRecords(log))
                            .build()
                            .toByteString());
                }
            }
        }
        return records;
    }

    private static List<ByteString> spans(ExportTraceServiceRequest request) {
        List<ByteString> records = new ArrayList<>();
        for (var group : request.getResourceSpansList()) {
            for (var scope : group.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    records.add(group.toBuilder()
                            .clearScopeSpans()
                            .addScopeSpans(scope.toBuilder().clearSpans().addSpans(span))
                            .build()
                            .toByteString());
                }
            }
        }
        return records;
    }

    private static List<ByteString> points(ExportMetricsServiceRequest request) {
        List<ByteString> records = new ArrayList<>();
        for (ResourceMetrics group : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : group.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    for (Metric single : singlePoints(metric)) {
                        records.add(group.toBuilder()
                                .clearScopeMetrics()
                                .addScopeMetrics(
                                        scope.toBuilder().clearMetrics().addMetrics(single))
                                .build()
                                .toByteString());
                    }
                }
            }
        }
        return records;
    }

    private static List<Metric> singlePoints(Metric metric) {
        List<Metric> points = new ArrayList<>();
        switch (metric.getDataCase()) {
            case GAUGE ->
                metric.getGauge()
                        .getDataPointsList()
                        .forEach(point -> points.add(metric.toBuilder()
                                .setGauge(metric.getGauge().toBuilder()
                                        .clearDataPoints()
                                        .addDataPoints(point))
                                .build()));
            case SUM ->
                metric.getSum()
                        .getDataPointsList()
                        .forEach(point -> points.add(metric.toBuilder()
                                .setSum(metric.getSum().toBuilder()
                                        .clearDataPoints()
                                        .addDataPoints(point))
                                .build()));
            case HISTOGRAM ->
                metric.getHistogram()
                        .getDataPointsList()
                        .forEach(point -> points.add(metric.toBuilder()
                                .setHistogram(metric.getHistogram().toBuilder()
                                        .clearDataPoints()
                                        .addDataPoints(point))
                                .build()));
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogram()
                        .getDataPointsList()
                        .forEach(point -> points.add(metric.toBuilder()
                                .setExponentialHistogram(metric.getExponentialHistogram().toBuilder()
                                        .clearDataPoints()
                                        .addDataPoints(point))
                                .build()));
            case SUMMARY ->
                metric.getSummary()
                        .getDataPointsList()
                        .forEach(point -> points.add(metric.toBuilder()
                                .setSummary(metric.getSummary().toBuilder()
                                        .clearDataPoints()
                                        .addDataPoints(point))
                                .build()));
            case DATA_NOT_SET -> {
                // A metric without data has no records.
            }
        }
        return points;
    }
}
