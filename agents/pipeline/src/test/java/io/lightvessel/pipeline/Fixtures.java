package io.lightvessel.pipeline;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import io.lightvessel.config.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Random;

/** Telemetry for tests, made with the published protobuf classes. */
public final class Fixtures {

    private Fixtures() {}

    public static Payload payload(Signal signal, MessageLite request) {
        try {
            return Payload.walk(signal, bytes(request));
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
    }

    public static ByteBuf bytes(MessageLite request) {
        return Unpooled.directBuffer().writeBytes(request.toByteArray());
    }

    public static byte[] copy(Payload payload) {
        byte[] copy = new byte[payload.size()];
        payload.bytes().getBytes(payload.bytes().readerIndex(), copy);
        return copy;
    }

    public static Payload logs(String serviceName, int records) {
        return payload(Signal.LOGS, logsRequest(serviceName, records));
    }

    public static ExportLogsServiceRequest logsRequest(String serviceName, int records) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int i = 0; i < records; i++) {
            scope.addLogRecords(LogRecord.newBuilder()
                    .setTimeUnixNano(i + 1)
                    .setBody(text("line " + i))
                    .addAttributes(attribute("n", "" + i)));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource(serviceName))
                        .addScopeLogs(scope))
                .build();
    }

    public static Resource resource(String serviceName) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", serviceName))
                .build();
    }

    public static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
    }

    public static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    /** A field no version of OTLP knows. */
    public static UnknownFieldSet unknownField(Random random) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        900 + random.nextInt(90),
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(random.nextLong())
                                .addFixed32(random.nextInt())
                                .addLengthDelimited(ByteString.copyFromUtf8("unknown " + random.nextInt()))
                                .build())
                .build();
    }

    /** A request of any shape, unknown fields on every level included. */
    public static MessageLite randomRequest(Signal signal, Random random) {
        return switch (signal) {
            case TRACES -> randomTraces(random);
            case METRICS -> randomMetrics(random);
            case LOGS -> randomLogs(random);
            case PROFILES -> throw new IllegalArgumentException("no profiles here");
        };
    }

    public static Resource randomResource(Random random) {
        Resource.Builder resource = Resource.newBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            resource.addAttributes(randomAttribute(random));
        }
        if (random.nextBoolean()) {
            resource.addAttributes(attribute("service.name", "service-" + random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            resource.setDroppedAttributesCount(random.nextInt(9));
        }
        if (random.nextInt(4) == 0) {
            resource.setUnknownFields(unknownField(random));
        }
        return resource.build();
    }

    public static KeyValue randomAttribute(Random random) {
        KeyValue.Builder attribute = KeyValue.newBuilder().setKey("key-" + random.nextInt(6));
        switch (random.nextInt(5)) {
            case 0 -> attribute.setValue(AnyValue.newBuilder().setIntValue(random.nextLong()));
            case 1 -> attribute.setValue(AnyValue.newBuilder().setBoolValue(random.nextBoolean()));
            case 2 -> attribute.setValue(AnyValue.newBuilder().setDoubleValue(random.nextDouble()));
            case 3 -> attribute.setValue(text("value ".repeat(random.nextInt(40)) + random.nextInt()));
            default -> {
                // An attribute without a value is legal.
            }
        }
        if (random.nextInt(5) == 0) {
            attribute.setUnknownFields(unknownField(random));
        }
        return attribute.build();
    }

    private static InstrumentationScope scope(Random random) {
        return InstrumentationScope.newBuilder()
                .setName("scope-" + random.nextInt(3))
                .build();
    }

    private static ExportLogsServiceRequest randomLogs(Random random) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (int r = random.nextInt(4); r > 0; r--) {
            ResourceLogs.Builder group = ResourceLogs.newBuilder();
            if (random.nextInt(5) > 0) {
                group.setResource(randomResource(random));
            }
            for (int s = random.nextInt(3); s > 0; s--) {
                ScopeLogs.Builder scope =
                        ScopeLogs.newBuilder().setScope(scope(random)).setSchemaUrl("schema");
                for (int l = random.nextInt(5); l > 0; l--) {
                    LogRecord.Builder log = LogRecord.newBuilder().setTimeUnixNano(random.nextLong());
                    log.addAttributes(randomAttribute(random)).setBody(text("body " + random.nextInt()));
                    if (random.nextInt(3) == 0) {
                        log.setUnknownFields(unknownField(random));
                    }
                    scope.addLogRecords(log);
                }
                group.addScopeLogs(scope);
            }
            if (random.nextInt(3) == 0) {
                group.setUnknownFields(unknownField(random)).setSchemaUrl("schema " + random.nextInt());
            }
            request.addResourceLogs(group);
        }
        return request.build();
    }

    private static ExportTraceServiceRequest randomTraces(Random random) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int r = random.nextInt(4); r > 0; r--) {
            ResourceSpans.Builder group = ResourceSpans.newBuilder().setResource(randomResource(random));
            for (int s = random.nextInt(3); s > 0; s--) {
                ScopeSpans.Builder scope = ScopeSpans.newBuilder().setScope(scope(random));
                for (int i = random.nextInt(5); i > 0; i--) {
                    Span.Builder span = Span.newBuilder()
                            .setName("span " + random.nextInt())
                            .addAttributes(randomAttribute(random))
                            .addEvents(Span.Event.newBuilder().setName("event").addAttributes(randomAttribute(random)));
                    if (random.nextInt(3) == 0) {
                        span.setUnknownFields(unknownField(random));
                    }
                    scope.addSpans(span);
                }
                group.addScopeSpans(scope);
            }
            request.addResourceSpans(group);
        }
        return request.build();
    }

    private static ExportMetricsServiceRequest randomMetrics(Random random) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        for (int r = random.nextInt(4); r > 0; r--) {
            ResourceMetrics.Builder group = ResourceMetrics.newBuilder().setResource(randomResource(random));
            for (int s = random.nextInt(3); s > 0; s--) {
                ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setScope(scope(random));
                for (int i = random.nextInt(6); i > 0; i--) {
                    scope.addMetrics(randomMetric(random));
                }
                group.addScopeMetrics(scope);
            }
            request.addResourceMetrics(group);
        }
        return request.build();
    }

    private static Metric randomMetric(Random random) {
        Metric.Builder metric =
                Metric.newBuilder().setName("metric_" + random.nextInt()).setUnit("By");
        NumberDataPoint number = NumberDataPoint.newBuilder()
                .setAsInt(random.nextLong())
                .addAttributes(randomAttribute(random))
                .build();
        int points = random.nextInt(3);
        for (int i = 0; i < points; i++) {
            switch (i == 0 ? random.nextInt(5) : metric.getDataCase().getNumber()) {
                case 0, 5 -> metric.setGauge(metric.getGauge().toBuilder().addDataPoints(number));
                case 1, 7 ->
                    metric.setSum(
                            metric.getSum().toBuilder().setIsMonotonic(true).addDataPoints(number));
                case 2, 9 ->
                    metric.setHistogram(metric.getHistogram().toBuilder()
                            .addDataPoints(HistogramDataPoint.newBuilder().setCount(2)));
                case 3, 10 ->
                    metric.setExponentialHistogram(metric.getExponentialHistogram().toBuilder()
                            .addDataPoints(
                                    ExponentialHistogramDataPoint.newBuilder().setScale(1)));
                default ->
                    metric.setSummary(metric.getSummary().toBuilder()
                            .addDataPoints(SummaryDataPoint.newBuilder().setCount(3)));
            }
        }
        return metric.build();
    }

    /** Records as the published classes count them. */
    public static int countNaively(Signal signal, MessageLite request) {
        return switch (signal) {
            case LOGS ->
                ((ExportLogsServiceRequest) request)
                        .getResourceLogsList().stream()
                                .flatMap(r -> r.getScopeLogsList().stream())
                                .mapToInt(ScopeLogs::getLogRecordsCount)
                                .sum();
            case TRACES ->
                ((ExportTraceServiceRequest) request)
                        .getResourceSpansList().stream()
                                .flatMap(r -> r.getScopeSpansList().stream())
                                .mapToInt(ScopeSpans::getSpansCount)
                                .sum();
            case METRICS ->
                ((ExportMetricsServiceRequest) request)
                        .getResourceMetricsList().stream()
                                .flatMap(r -> r.getScopeMetricsList().stream())
                                .flatMap(s -> s.getMetricsList().stream())
                                .mapToInt(Fixtures::dataPoints)
                                .sum();
            case PROFILES -> throw new IllegalArgumentException("no profiles here");
        };
    }

    private static int dataPoints(Metric metric) {
        Gauge gauge = metric.getGauge();
        Sum sum = metric.getSum();
        Histogram histogram = metric.getHistogram();
        ExponentialHistogram exponential = metric.getExponentialHistogram();
        Summary summary = metric.getSummary();
        return gauge.getDataPointsCount()
                + sum.getDataPointsCount()
                + histogram.getDataPointsCount()
                + exponential.getDataPointsCount()
                + summary.getDataPointsCount();
    }
}
