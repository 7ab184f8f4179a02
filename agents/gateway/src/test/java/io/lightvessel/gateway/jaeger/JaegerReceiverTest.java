package io.lightvessel.gateway.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.jaegertracing.thrift.internal.senders.HttpSender;
import io.jaegertracing.thriftjava.Log;
import io.jaegertracing.thriftjava.Process;
import io.jaegertracing.thriftjava.SpanRef;
import io.jaegertracing.thriftjava.SpanRefType;
import io.jaegertracing.thriftjava.Tag;
import io.jaegertracing.thriftjava.TagType;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.ReceiverRun;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JaegerReceiverTest {

    private ReceiverRun run;

    @BeforeEach
    void start() throws Exception {
        run = new ReceiverRun(
                JaegerReceiverFactory::new,
                "jaeger",
                "{protocols: {grpc: {endpoint: '127.0.0.1:0'}, thrift_http: {endpoint: '127.0.0.1:0'}}}",
                64 << 20);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void takesWhatJaegersOwnClientSends() throws Exception {
        io.jaegertracing.thriftjava.Span sent = new io.jaegertracing.thriftjava.Span(
                0x48485a3953bb6124L, 0x463ac35c9f6413adL, 0xa2fb4a1d1a96d312L, 0, "get /things", 1, 1_000_000, 250);
        sent.setReferences(List.of(
                new SpanRef(SpanRefType.CHILD_OF, 0x48485a3953bb6124L, 0x463ac35c9f6413adL, 0x11L),
                new SpanRef(SpanRefType.FOLLOWS_FROM, 1, 2, 0x22L)));
        sent.setTags(List.of(
                tag("span.kind", TagType.STRING, tag -> tag.setVStr("server")),
                tag("error", TagType.BOOL, tag -> tag.setVBool(true)),
                tag("otel.status_description", TagType.STRING, tag -> tag.setVStr("broke")),
                tag("w3c.tracestate", TagType.STRING, tag -> tag.setVStr("k=v")),
                tag("otel.scope.name", TagType.STRING, tag -> tag.setVStr("lib")),
                tag("otel.scope.version", TagType.STRING, tag -> tag.setVStr("2")),
                tag("size", TagType.LONG, tag -> tag.setVLong(-7)),
                tag("ratio", TagType.DOUBLE, tag -> tag.setVDouble(0.5)),
                tag("raw", TagType.BINARY, tag -> tag.setVBinary(new byte[] {1, 2}))));
        sent.setLogs(List.of(new Log(
                1_000_100,
                List.of(
                        tag("event", TagType.STRING, tag -> tag.setVStr("retry")),
                        tag("count", TagType.LONG, tag -> tag.setVLong(3))))));
        Process process = new Process("frontend");
        process.setTags(List.of(
                tag("hostname", TagType.STRING, tag -> tag.setVStr("node-1")),
                tag("jaeger.version", TagType.STRING, tag -> tag.setVStr("Java-1.8.1"))));
        HttpSender sender =
                new HttpSender.Builder("http://127.0.0.1:" + run.port("thrift_http") + "/api/traces").build();
        sender.send(process, List.of(sent));

        ResourceSpans resource = run.next().getResourceSpans(0);
        assertThat(attributes(resource.getResource().getAttributesList()))
                .isEqualTo(Map.of(
                        "service.name", "frontend",
                        "host.name", "node-1",
                        "opencensus.exporterversion", "Jaeger-Java-1.8.1"));
        assertThat(resource.getScopeSpans(0).getScope().getName()).isEqualTo("lib");
        assertThat(resource.getScopeSpans(0).getScope().getVersion()).isEqualTo("2");
        Span span = resource.getScopeSpans(0).getSpans(0);
        assertThat(hex(span.getTraceId())).isEqualTo("463ac35c9f6413ad48485a3953bb6124");
        assertThat(hex(span.getSpanId())).isEqualTo("a2fb4a1d1a96d312");
        assertThat(hex(span.getParentSpanId())).isEqualTo("0000000000000011");
        assertThat(span.getName()).isEqualTo("get /things");
        assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(span.getTraceState()).isEqualTo("k=v");
        assertThat(span.getStartTimeUnixNano()).isEqualTo(1_000_000_000L);
        assertThat(span.getEndTimeUnixNano()).isEqualTo(1_000_250_000L);
        assertThat(span.getStatus())
                .isEqualTo(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("broke")
                        .build());
        assertThat(attributes(span.getAttributesList()))
                .isEqualTo(Map.of("size", -7L, "ratio", 0.5, "raw", ByteString.copyFrom(new byte[] {1, 2})));
        assertThat(span.getEvents(0).getName()).isEqualTo("retry");
        assertThat(attributes(span.getEvents(0).getAttributesList())).isEqualTo(Map.of("count", 3L));
        assertThat(span.getLinksList()).singleElement().satisfies(link -> {
            assertThat(hex(link.getTraceId())).isEqualTo("00000000000000020000000000000001");
            assertThat(hex(link.getSpanId())).isEqualTo("0000000000000022");
            assertThat(attributes(link.getAttributesList())).isEqualTo(Map.of("opentracing.ref_type", "follows_from"));
        });
    }

    @Test
    void takesProtobufOverGrpcAndASpansOwnProcessWins() throws Exception {
        byte[] request = message(batch -> {
            int outer = batch.begin(1);
            for (int i = 1; i <= 2; i++) {
                int span = batch.begin(1);
                batch.bytes(1, new byte[] {0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 8}, 0, 16);
                batch.bytes(2, new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) i}, 0, 8);
                batch.string(3, "op" + i);
                int start = batch.begin(6);
                batch.varint(1, 5);
                batch.varint(2, 7);
                batch.end(start);
                int duration = batch.begin(7);
                batch.varint(2, 3);
                batch.end(duration);
                int tag = batch.begin(8);
                batch.string(1, "http.status_code");
                batch.varint(2, 2);
                batch.varint(5, 503);
                batch.end(tag);
                if (i == 2) {
                    process(batch, 10, "other");
                }
                batch.end(span);
            }
            process(batch, 2, "frontend");
            batch.end(outer);
        });
        try (RawGrpc client = new RawGrpc(run.port("grpc"))) {
            RawGrpc.Answer answer = client.call(JaegerServices.POST_SPANS, request);
            assertThat(answer.status()).isEqualTo("0");
        }
        List<ResourceSpans> resources = run.next().getResourceSpansList();
        assertThat(resources.stream()
                        .map(resource -> attributes(resource.getResource().getAttributesList())))
                .containsExactly(Map.of("service.name", "frontend"), Map.of("service.name", "other"));
        Span span = resources.get(0).getScopeSpans(0).getSpans(0);
        assertThat(hex(span.getTraceId())).isEqualTo("00000000000000090000000000000008");
        assertThat(span.getStartTimeUnixNano()).isEqualTo(5_000_000_007L);
        assertThat(span.getEndTimeUnixNano()).isEqualTo(5_000_000_010L);
        assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    }

    @Test
    void damagedBodiesAreRefusedWithAReason() throws Exception {
        try (RawGrpc client = new RawGrpc(run.port("grpc"))) {
            byte[] request = message(batch -> {
                int outer = batch.begin(1);
                int span = batch.begin(1);
                batch.bytes(1, new byte[] {1, 2, 3}, 0, 3);
                batch.end(span);
                batch.end(outer);
            });
            RawGrpc.Answer answer = client.call(JaegerServices.POST_SPANS, request);
            assertThat(answer.status()).isEqualTo("3");
            assertThat(answer.message()).isEqualTo("span 0: trace_id of 3 bytes (expected: 16)");
        }
        assertThat(thrift(new byte[] {12, 0, 1, 11, 0, 1, 127, 0, 0, 0}))
                .isEqualTo("400 no Thrift binary: a text of 2130706432 bytes where 0 are left at byte 10");
        assertThat(thrift("not thrift at all".getBytes(StandardCharsets.UTF_8))).startsWith("400 no Thrift binary: ");
        assertThat(thrift(new byte[] {15, 0, 2, 12, 127, 127, 127, 127}))
                .isEqualTo("400 no Thrift binary: a list of 2139062143 elements where 0 bytes are left at byte 8");
        assertThat(run.context.turnedAway).hasSize(4).containsOnly(DropReason.MALFORMED);
        assertThat(run.context.budget.used()).isZero();
    }

    @Test
    void hostileNestingEndsInAnError() throws Exception {
        byte[] deep = new byte[3 * 10_000];
        for (int i = 0; i < deep.length; i += 3) {
            deep[i] = 12;
            deep[i + 2] = 9;
        }
        assertThat(thrift(deep)).startsWith("400 no Thrift binary: nested more than 32 deep");
    }

    @Test
    void anOverloadIsAnsweredWithARetry() throws Exception {
        run.context.behaviour = (payload, result) -> {
            payload.release();
            result.refused(Refusal.retryable(DropReason.QUEUE_FULL, "full", Duration.ofSeconds(3)));
        };
        io.jaegertracing.thriftjava.Span span =
                new io.jaegertracing.thriftjava.Span(1, 0, 1, 0, "op", 1, 1_000_000, 250);
        HttpSender sender =
                new HttpSender.Builder("http://127.0.0.1:" + run.port("thrift_http") + "/api/traces").build();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> sender.send(new Process("frontend"), List.of(span))))
                .hasMessageContaining("503");
    }

    private String thrift(byte[] body) throws Exception {
        var answer = run.post("thrift_http", "/api/traces?format=jaeger.thrift", "application/x-thrift", body);
        return answer.statusCode() + " " + answer.body();
    }

    private static void process(ProtoWriter out, int field, String service) {
        int process = out.begin(field);
        out.string(1, service);
        out.end(process);
    }

    private static byte[] message(Consumer<ProtoWriter> content) {
        ProtoWriter out = new ProtoWriter(64);
        content.accept(out);
        return out.toByteArray();
    }

    private static Tag tag(String key, TagType type, Consumer<Tag> value) {
        Tag tag = new Tag(key, type);
        value.accept(tag);
        return tag;
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
            case BYTES_VALUE -> value.getBytesValue();
            default -> throw new AssertionError(value);
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
