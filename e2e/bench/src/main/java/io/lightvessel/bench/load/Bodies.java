package io.lightvessel.bench.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes the protobuf of export requests as a web shop would send them, with names of the semantic conventions: about
 * 360 bytes per log record, 800 per span, 200 per data point. The same seed gives the same bytes. The resource holds a
 * placeholder by which each request is told apart later.
 */
public final class Bodies {

    /** The resource attribute that numbers requests. */
    static final String ID_KEY = "bench.request";

    /** Its value while nobody has set it: as long as every number, in hexadecimal digits. */
    static final String NO_ID = "-".repeat(16);

    private static final List<String> PATHS =
            List.of("/api/v1/cart", "/api/v1/checkout", "/api/v2/products/search", "/healthz", "/api/v1/user/profile");
    private static final List<String> MESSAGES = List.of(
            "request completed successfully",
            "upstream connection reset before headers",
            "cache miss, falling back to database",
            "payment authorised by provider");
    private static final String BROWSER =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
    private static final int ALL = 12;
    private static final long START = 1_795_000_000_000_000_000L;

    private final Random random;
    private final int attributes;
    private long now = START;

    private Bodies(long seed, int attributes) {
        this.random = new Random(seed);
        this.attributes = attributes;
    }

    /** @param attributes of each log record, from a list of twelve; spans have them all */
    public static byte[] make(Telemetry telemetry, int records, int attributes, long seed) {
        Bodies bodies = new Bodies(seed, attributes);
        return switch (telemetry) {
            case LOGS -> bodies.logs(records);
            case SPANS -> bodies.spans(records);
            case METRICS -> bodies.metrics(records);
        };
    }

    private byte[] logs(int records) {
        ScopeLogs.Builder logs = ScopeLogs.newBuilder().setScope(scope());
        for (int i = 0; i < records; i++) {
            now += random.nextInt(1_000_000);
            logs.addLogRecords(LogRecord.newBuilder()
                    .setTimeUnixNano(now)
                    .setObservedTimeUnixNano(now + 1000)
                    .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                    .setSeverityText("INFO")
                    .setBody(text(pick(MESSAGES) + " order=" + Long.toHexString(random.nextLong()) + " took "
                            + random.nextInt(5000) + "ms user=" + random.nextInt(100_000)))
                    .addAllAttributes(recordAttributes(attributes))
                    .setTraceId(bytes(16))
                    .setSpanId(bytes(8))
                    .setFlags(1));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder().setResource(resource()).addScopeLogs(logs))
                .build()
                .toByteArray();
    }

    private byte[] spans(int records) {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder().setScope(scope());
        for (int i = 0; i < records; i++) {
            now += random.nextInt(1_000_000);
            String route = pick(PATHS);
            spans.addSpans(Span.newBuilder()
                    .setTraceId(bytes(16))
                    .setSpanId(bytes(8))
                    .setParentSpanId(bytes(8))
                    .setName("GET " + route)
                    .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                    .setStartTimeUnixNano(now)
                    .setEndTimeUnixNano(now + random.nextInt(50_000_000))
                    .addAllAttributes(recordAttributes(ALL))
                    .addAttributes(attribute("user_agent.original", text(BROWSER)))
                    .addAttributes(attribute("url.path", text(route + "/" + random.nextInt(100_000))))
                    .addEvents(Span.Event.newBuilder()
                            .setTimeUnixNano(now + 500)
                            .setName("cache.lookup")
                            .addAttributes(attribute("cache.key", text("cart:" + random.nextInt(100_000))))
                            .addAttributes(attribute("cache.hit", number(random.nextInt(2)))))
                    .addLinks(Span.Link.newBuilder().setTraceId(bytes(16)).setSpanId(bytes(8)))
                    .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK)));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource()).addScopeSpans(spans))
                .build()
                .toByteArray();
    }

    private byte[] metrics(int records) {
        ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder().setScope(scope());
        int perMetric = 20;
        for (int first = 0; first < records; first += perMetric) {
            Sum.Builder sum = Sum.newBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
            for (int i = first; i < Math.min(records, first + perMetric); i++) {
                sum.addDataPoints(NumberDataPoint.newBuilder()
                        .setStartTimeUnixNano(START)
                        .setTimeUnixNano(now)
                        .setAsDouble(random.nextInt(1_000_000) / 8.0)
                        .addAllAttributes(recordAttributes(4)));
            }
            metrics.addMetrics(Metric.newBuilder()
                    .setName("http.server.request.count." + first / perMetric)
                    .setUnit("{request}")
                    .setSum(sum));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource()).addScopeMetrics(metrics))
                .build()
                .toByteArray();
    }

    private List<KeyValue> recordAttributes(int count) {
        List<KeyValue> all = new ArrayList<>(ALL);
        all.add(attribute("http.route", text(pick(PATHS))));
        all.add(attribute("http.request.method", text(random.nextBoolean() ? "GET" : "POST")));
        all.add(attribute("http.response.status_code", number(200 + random.nextInt(300))));
        all.add(attribute("thread.name", text("worker-" + random.nextInt(32))));
        all.add(attribute(
                "client.address",
                text("10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256))));
        all.add(attribute("server.address", text("shop-" + random.nextInt(8) + ".example.com")));
        all.add(attribute("server.port", number(8443)));
        all.add(attribute("network.protocol.version", text("1.1")));
        all.add(attribute("url.scheme", text("https")));
        all.add(attribute("enduser.id", text(Long.toHexString(random.nextLong()))));
        all.add(attribute("code.function.name", text("com.example.shop.Handler.handle" + random.nextInt(50))));
        all.add(attribute("session.id", text(Long.toHexString(random.nextLong()) + Long.toHexString(START))));
        return all.subList(0, Math.min(count, ALL));
    }

    private static Resource resource() {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", text("checkout")))
                .addAttributes(attribute("service.namespace", text("shop")))
                .addAttributes(attribute("service.instance.id", text("a1b2c3d4")))
                .addAttributes(attribute("host.name", text("node-17")))
                .addAttributes(attribute("telemetry.sdk.language", text("java")))
                .addAttributes(attribute(ID_KEY, text(NO_ID)))
                .build();
    }

    private static InstrumentationScope scope() {
        return InstrumentationScope.newBuilder()
                .setName("com.example.checkout")
                .setVersion("1.4.2")
                .build();
    }

    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    private static AnyValue number(long value) {
        return AnyValue.newBuilder().setIntValue(value).build();
    }

    private ByteString bytes(int length) {
        byte[] made = new byte[length];
        random.nextBytes(made);
        return ByteString.copyFrom(made);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
