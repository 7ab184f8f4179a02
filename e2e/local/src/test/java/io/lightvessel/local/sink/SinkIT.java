package io.lightvessel.local.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SinkIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private Sink sink;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        sink = Sink.start(0, 0);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", sink.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        sink.close();
    }

    @Test
    void aSpanOverGrpcIsFoundByItsAttributes() throws Exception {
        TraceServiceGrpc.newBlockingStub(channel).export(oneSpan());

        assertThat(get("/api/spans?attr=shop.item%3Dlantern").path("items")).hasSize(1);
        assertThat(get("/api/spans?attr=service.name%3Dorders").path("items")).hasSize(1);
        assertThat(get("/api/spans?attr=shop.item%3Danchor").path("items")).isEmpty();
        JsonNode span = get("/api/spans?limit=1").path("items").get(0);
        assertThat(span.path("traceId").asString()).isEqualTo("0102");
        assertThat(span.path("durationMicros").asLong()).isEqualTo(2_000);
        JsonNode counts = get("/api/counts");
        assertThat(counts.at("/kinds/traces/records").asLong()).isEqualTo(1);
        assertThat(counts.at("/services/orders/traces").asLong()).isEqualTo(1);
    }

    @Test
    void aPushedProfileIsFoundByItsLabels() throws Exception {
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(profile)) {
            // Sample type cpu/ns, one sample without a stack, two seconds long.
            gzip.write(new byte[] {10, 4, 8, 1, 16, 2, 18, 2, 16, 5, 50, 0, 50, 3, 'c', 'p', 'u', 50, 2, 'n', 's'});
            gzip.write(new byte[] {80, (byte) 0x80, (byte) 0xA8, (byte) 0xD6, (byte) 0xB9, 7});
        }
        byte[] push = message(
                1,
                label("__name__", "process_cpu"),
                label("service_name", "orders"),
                message(2, message(1, profile.toByteArray())));
        assertThat(push(push).statusCode()).isEqualTo(200);

        JsonNode found =
                get("/api/profiles?name=process_cpu&attr=service_name%3Dorders").at("/items/0");
        assertThat(found.path("types").toString()).isEqualTo("[\"cpu\"]");
        assertThat(found.path("samples").asInt()).isEqualTo(1);
        assertThat(found.path("durationMillis").asLong()).isEqualTo(2_000);
        assertThat(get("/api/counts").at("/services/orders/profiles").asLong()).isEqualTo(1);

        HttpResponse<String> refused = push(message(1, label("__name__", "process_cpu")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"code\":\"invalid_argument\"").contains("service_name");
        assertThat(get("/api/counts").at("/kinds/profiles/refused").asLong()).isEqualTo(1);
    }

    private HttpResponse<String> push(byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + sink.httpPort() + "/push.v1.PusherService/Push"))
                        .header("Content-Type", "application/proto")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] label(String name, String value) throws Exception {
        return message(
                1,
                message(1, name.getBytes(StandardCharsets.UTF_8)),
                message(2, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] message(int field, byte[]... parts) throws Exception {
        ByteString content = ByteString.empty();
        for (byte[] part : parts) {
            content = content.concat(ByteString.copyFrom(part));
        }
        ByteString.Output out = ByteString.newOutput();
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        coded.writeBytes(field, content);
        coded.flush();
        return out.toByteString().toByteArray();
    }

    @Test
    void aMetricOverGrpcIsFoundByItsName() throws Exception {
        NumberDataPoint point = NumberDataPoint.newBuilder().setAsInt(7).build();
        Metric metric = Metric.newBuilder()
                .setName("shop.orders")
                .setSum(Sum.newBuilder().addDataPoints(point))
                .build();
        MetricsServiceGrpc.newBlockingStub(channel)
                .export(ExportMetricsServiceRequest.newBuilder()
                        .addResourceMetrics(ResourceMetrics.newBuilder()
                                .setResource(resource())
                                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                        .build());

        assertThat(get("/api/metrics?name=shop.orders").at("/items/0/value").asDouble())
                .isEqualTo(7);
    }

    @Test
    void aZippedLogOverHttpIsFoundByItsText() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(oneLog().toByteArray());
        }

        HttpResponse<byte[]> response = post("/otlp/v1/logs", zipped.toByteArray(), "Content-Encoding", "gzip");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-protobuf");
        assertThat(get("/api/logs?text=ACCEPTED").at("/items/0/body").asString())
                .isEqualTo("order 1001 accepted");
    }

    @Test
    void remoteWriteArrivesAsSamples() throws Exception {
        // WriteRequest { timeseries { labels { __name__ up }, labels { job a }, samples { value 1 } } }, as one
        // literal.
        byte[] request = {
            10,
            37,
            10,
            14,
            10,
            8,
            '_',
            '_',
            'n',
            'a',
            'm',
            'e',
            '_',
            '_',
            18,
            2,
            'u',
            'p',
            10,
            8,
            10,
            3,
            'j',
            'o',
            'b',
            18,
            1,
            'a',
            18,
            9,
            9,
            0,
            0,
            0,
            0,
            0,
            0,
            (byte) 0xf0,
            0x3f
        };
        byte[] packed = new byte[request.length + 2];
        packed[0] = (byte) request.length;
        packed[1] = (byte) ((request.length - 1) << 2);
        System.arraycopy(request, 0, packed, 2, request.length);

        HttpResponse<byte[]> response = post("/api/v1/write", packed, "Content-Encoding", "snappy");

        assertThat(response.statusCode()).isEqualTo(204);
        JsonNode up = get("/api/metrics?name=up&attr=job%3Da").at("/items/0");
        assertThat(up.path("value").asDouble()).isEqualTo(1);
        assertThat(get("/api/counts").at("/kinds/remoteWrite/records").asLong()).isEqualTo(1);
    }

    @Test
    void garbageIsRefusedInTheProtocolsOwnWords() throws Exception {
        HttpResponse<byte[]> response = post("/v1/traces", new byte[] {1, 2, 3}, "Accept", "*/*");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Status.parseFrom(response.body()).getMessage())
                .startsWith("body: not the protobuf message of this path: ");
        assertThat(post("/api/v1/write", new byte[] {9}, "Content-Encoding", "snappy")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/api/counts").at("/kinds/traces/refused").asLong()).isEqualTo(1);
    }

    @Test
    void anotherTypeIsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/traces"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build();

        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(Status.parseFrom(response.body()).getMessage())
                .isEqualTo("Content-Type: text/plain (expected: application/x-protobuf)");
    }

    @Test
    void aQueryThatCannotBeReadSaysWhy() throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(uri("/api/spans?attr=lantern")).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"status\":400,\"detail\":\"attr: lantern (expected: key=value)\"}");
    }

    @Test
    void thePageIsThere() throws Exception {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(uri("/")).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<title>Lightvessel sink</title>");
    }

    @Test
    void aTakenPortFailsTheStart() {
        assertThatThrownBy(() -> Sink.start(0, sink.httpPort())).hasMessageContaining("Address already in use");
    }

    @Test
    void onlyKnownServicesAreServed() {
        assertThatThrownBy(() ->
                        io.opentelemetry.proto.collector.profiles.v1development.ProfilesServiceGrpc.newBlockingStub(
                                        channel)
                                .export(io.opentelemetry.proto.collector.profiles.v1development
                                        .ExportProfilesServiceRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageStartingWith("UNIMPLEMENTED");
    }

    private static Resource resource() {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", "orders"))
                .build();
    }

    private static ExportTraceServiceRequest oneSpan() {
        Span span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[] {1, 2}))
                .setName("POST /orders")
                .setStartTimeUnixNano(1_000_000)
                .setEndTimeUnixNano(3_000_000)
                .addAttributes(attribute("shop.item", "lantern"))
                .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource())
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    private static ExportLogsServiceRequest oneLog() {
        LogRecord line = LogRecord.newBuilder()
                .setBody(AnyValue.newBuilder().setStringValue("order 1001 accepted"))
                .build();
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource())
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(line)))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private HttpResponse<byte[]> post(String path, byte[] body, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-protobuf")
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
        return JsonMapper.builder().build().readTree(response.body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + sink.httpPort() + path);
    }
}
