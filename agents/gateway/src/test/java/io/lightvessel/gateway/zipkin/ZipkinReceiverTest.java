package io.lightvessel.gateway.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ReceiverRun;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Refusal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import zipkin2.Endpoint;
import zipkin2.reporter.AsyncReporter;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.SpanBytesEncoder;
import zipkin2.reporter.urlconnection.URLConnectionSender;

class ZipkinReceiverTest {

    private ReceiverRun run;

    @BeforeEach
    void start() throws Exception {
        run = new ReceiverRun(ZipkinReceiverFactory::new, "zipkin", "{endpoint: '127.0.0.1:0'}", 64 << 20);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"JSON", "PROTO3"})
    void takesWhatZipkinsOwnReporterSends(Encoding encoding) throws Exception {
        zipkin2.Span sent = zipkin2.Span.newBuilder()
                .traceId("463ac35c9f6413ad48485a3953bb6124")
                .parentId("48485a3953bb6124")
                .id("a2fb4a1d1a96d312")
                .kind(zipkin2.Span.Kind.CLIENT)
                .name("get /things")
                .timestamp(1_472_470_996_199_000L)
                .duration(207_000)
                .localEndpoint(Endpoint.newBuilder()
                        .serviceName("frontend")
                        .ip("192.168.99.1")
                        .port(8080)
                        .build())
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName("backend")
                        .ip("2001:db8::c001")
                        .port(9000)
                        .build())
                .addAnnotation(1_472_470_996_238_000L, "wire sent")
                .putTag("http.path", "/things")
                .putTag("error", "timed out")
                .putTag("otel.scope.name", "okhttp")
                .build();
        String url = "http://127.0.0.1:" + run.port("http") + "/api/v2/spans";
        SpanBytesEncoder encoder = encoding == Encoding.JSON ? SpanBytesEncoder.JSON_V2 : SpanBytesEncoder.PROTO3;
        try (URLConnectionSender sender = URLConnectionSender.newBuilder()
                        .endpoint(url)
                        .encoding(encoding)
                        .build();
                AsyncReporter<zipkin2.Span> reporter =
                        AsyncReporter.builder(sender).build(new Encoder(encoder))) {
            reporter.report(sent);
            reporter.flush();
            ExportTraceServiceRequest request = run.next();
            ResourceSpans resource = request.getResourceSpans(0);
            assertThat(attributes(resource.getResource().getAttributesList()))
                    .isEqualTo(Map.of("service.name", "frontend"));
            assertThat(resource.getScopeSpans(0).getScope().getName()).isEqualTo("okhttp");
            Span span = resource.getScopeSpans(0).getSpans(0);
            assertThat(hex(span.getTraceId().toByteArray())).isEqualTo("463ac35c9f6413ad48485a3953bb6124");
            assertThat(hex(span.getSpanId().toByteArray())).isEqualTo("a2fb4a1d1a96d312");
            assertThat(hex(span.getParentSpanId().toByteArray())).isEqualTo("48485a3953bb6124");
            assertThat(span.getName()).isEqualTo("get /things");
            assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(span.getStartTimeUnixNano()).isEqualTo(1_472_470_996_199_000_000L);
            assertThat(span.getEndTimeUnixNano()).isEqualTo(1_472_470_996_406_000_000L);
            assertThat(span.getStatus())
                    .isEqualTo(Status.newBuilder()
                            .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                            .setMessage("timed out")
                            .build());
            assertThat(attributes(span.getAttributesList()))
                    .isEqualTo(Map.of(
                            "http.path", "/things",
                            "error", "timed out",
                            "net.host.ip", "192.168.99.1",
                            "net.host.port", 8080L,
                            "peer.service", "backend",
                            "net.peer.ip", encoding == Encoding.JSON ? "2001:db8::c001" : "2001:db8:0:0:0:0:0:c001",
                            "net.peer.port", 9000L));
            assertThat(span.getEvents(0).getName()).isEqualTo("wire sent");
            assertThat(span.getEvents(0).getTimeUnixNano()).isEqualTo(1_472_470_996_238_000_000L);
        }
    }

    @Test
    void whatOpenTelemetryHidInTagsComesBackToItsPlace() throws Exception {
        assertThat(postJson("""
                [{"traceId": "abc", "id": "1", "kind": null, "name": "n", "timestamp": 1, "unknown": {"a": [1]},
                  "annotations": [
                    {"timestamp": 2, "value": "retry|{\\"count\\":3,\\"ratio\\":0.5,\\"ok\\":true,\\"who\\":\\"x|y\\"}|7"},
                    {"timestamp": 3, "value": "a|b|c"}],
                  "tags": {"span.kind": "internal", "w3c.tracestate": "k=v", "otel.status_code": "STATUS_CODE_OK",
                           "otel.library.name": "lib", "otel.library.version": "1.2",
                           "otlp.link.0": "0af7651916cd43dd8448eb211c80319c|b7ad6b7169203331|s=t|{\\"a\\":1}|2",
                           "otlp.link.1": "nothing of the kind"}}]""").statusCode()).isEqualTo(202);
        ResourceSpans resource = run.next().getResourceSpans(0);
        assertThat(resource.getResource().getAttributesCount()).isZero();
        assertThat(resource.getScopeSpans(0).getScope().getName()).isEqualTo("lib");
        assertThat(resource.getScopeSpans(0).getScope().getVersion()).isEqualTo("1.2");
        Span span = resource.getScopeSpans(0).getSpans(0);
        assertThat(hex(span.getTraceId().toByteArray())).isEqualTo("00000000000000000000000000000abc");
        assertThat(hex(span.getSpanId().toByteArray())).isEqualTo("0000000000000001");
        assertThat(span.getParentSpanId().isEmpty()).isTrue();
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
        assertThat(span.getTraceState()).isEqualTo("k=v");
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_OK);
        assertThat(span.getEvents(0).getName()).isEqualTo("retry");
        assertThat(attributes(span.getEvents(0).getAttributesList()))
                .isEqualTo(Map.of("count", 3L, "ratio", 0.5, "ok", true, "who", "x|y"));
        assertThat(span.getEvents(0).getDroppedAttributesCount()).isEqualTo(7);
        assertThat(span.getEvents(1).getName()).isEqualTo("a|b|c");
        assertThat(hex(span.getLinks(0).getTraceId().toByteArray())).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(hex(span.getLinks(0).getSpanId().toByteArray())).isEqualTo("b7ad6b7169203331");
        assertThat(attributes(span.getAttributesList())).isEqualTo(Map.of("otlp.link.1", "nothing of the kind"));
    }

    @Test
    void spansOfOneServiceShareAResource() throws Exception {
        postJson("""
                [{"traceId":"1","id":"1","timestamp":1,"localEndpoint":{"serviceName":"a"}},
                 {"traceId":"1","id":"2","timestamp":1,"localEndpoint":{"serviceName":"b"}},
                 {"traceId":"1","id":"3","localEndpoint":{"serviceName":"a"}}]""");
        ExportTraceServiceRequest request = run.next();
        assertThat(request.getResourceSpansCount()).isEqualTo(2);
        List<Span> ofA = request.getResourceSpans(0).getScopeSpans(0).getSpansList();
        assertThat(ofA).hasSize(2);
        assertThat(attributes(ofA.get(1).getAttributesList()))
                .isEqualTo(Map.of("otel.zipkin.absentField.startTime", true));
    }

    @Test
    void tagsBecomeNumbersWhenTold() throws Exception {
        run.close();
        run = new ReceiverRun(
                ZipkinReceiverFactory::new, "zipkin", "{endpoint: '127.0.0.1:0', parse_string_tags: true}", 64 << 20);
        postJson("""
                [{"traceId":"1","id":"1","timestamp":1,
                  "tags":{"i":"42","d":"-1.5","b":"true","s":"4x","e":"","n":"NaN","z":"1e"}}]""");
        assertThat(attributes(run.next()
                        .getResourceSpans(0)
                        .getScopeSpans(0)
                        .getSpans(0)
                        .getAttributesList()))
                .isEqualTo(Map.of("i", 42L, "d", -1.5, "b", true, "s", "4x", "e", "", "n", "NaN", "z", "1e"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | request body: an object (expected: a list of spans)",
                "[1]                                  | span 0: a number (expected: an object)",
                "[{\"id\":\"1\"}]                     | span 0: no traceId (expected: 1 to 32 hex digits, not all zero)",
                "[{\"traceId\":\"1\"}]                | span 0: no id (expected: 1 to 16 hex digits, not all zero)",
                "[{\"traceId\":\"xyz\"}]              | span 0: traceId is none (expected: 1 to 16 hex digits)",
                "[{\"traceId\":1}]                    | span 0: traceId: a number (expected: a text)",
                "[{\"traceId\":\"1\",\"id\":\"1\",\"timestamp\":-1}] | span 0: timestamp: -1 (expected: microseconds, 0 or more)",
                "[{\"traceId\":\"1\",\"id\":\"1\",\"tags\":[]}] | span 0: tags: a list (expected: an object)",
                "[{\"traceId\":\"1\",\"id\":\"1\"}]x  | request body is not JSON: Unrecognized token 'x'",
            })
    void whatIsNoSpanIsRefusedWithAReason(String body, String message) throws Exception {
        HttpResponse<String> answer = postJson(body.strip());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith(message);
        assertThat(run.context.turnedAway).containsExactly(DropReason.MALFORMED);
        assertThat(run.context.budget.used()).isZero();
    }

    @Test
    void damagedProtobufIsRefused() throws Exception {
        HttpResponse<String> answer =
                run.post("http", "/api/v2/spans", "application/x-protobuf", new byte[] {10, 4, 10, 2, 1, 2});
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("span 0: trace_id of 2 bytes (expected: 8 or 16)");
        assertThat(run.context.budget.used()).isZero();
    }

    @Test
    void anOverloadIsAnsweredWithARetry() throws Exception {
        run.context.behaviour = (payload, result) -> {
            payload.release();
            result.refused(Refusal.retryable(DropReason.QUEUE_FULL, "full", Duration.ofSeconds(3)));
        };
        HttpResponse<String> answer = postJson("[{\"traceId\":\"1\",\"id\":\"1\"}]");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("3");
    }

    @Test
    void anEmptyListIsTaken() throws Exception {
        assertThat(postJson("[]").statusCode()).isEqualTo(202);
        assertThat(run.context.taken).isEmpty();
        assertThat(run.context.budget.used()).isZero();
    }

    private HttpResponse<String> postJson(String body) throws Exception {
        return run.post("http", "/api/v2/spans", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, pair -> value(pair.getValue())));
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            default -> throw new AssertionError(value);
        };
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The reporter takes its encoder under another interface than the one its own spans bring. */
    private record Encoder(SpanBytesEncoder encoder) implements zipkin2.reporter.BytesEncoder<zipkin2.Span> {
        @Override
        public Encoding encoding() {
            return encoder.encoding();
        }

        @Override
        public int sizeInBytes(zipkin2.Span span) {
            return encoder.sizeInBytes(span);
        }

        @Override
        public byte[] encode(zipkin2.Span span) {
            return encoder.encode(span);
        }
    }
}
