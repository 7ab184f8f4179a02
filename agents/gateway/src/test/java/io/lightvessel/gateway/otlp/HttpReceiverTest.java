package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.Any;
import com.google.protobuf.UnknownFieldSet;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext.Taken;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReceiverTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final String JSON_SPAN =
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\",\"traceId\":\"5B8EFFF798038103D269B633813FC60C\"}]}]}]}";

    private ReceiverKit kit;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start() throws Exception {
        kit = new ReceiverKit();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        kit.close();
        assertThat(kit.context.budget.used()).as("bytes still held").isZero();
    }

    private HttpRequest.Builder request(String path, String contentType) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + kit.httpPort() + path))
                .header("Content-Type", contentType)
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<byte[]> post(String path, String contentType, String encoding, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, contentType).POST(BodyPublishers.ofByteArray(body));
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "gzip", "GZIP", "deflate", "zlib", "zstd", "snappy", "x-snappy-framed"})
    void takesProtobufPackedAndPlain(String encoding) throws Exception {
        byte[] spans = Requests.spans(3).toByteArray();
        byte[] body = switch (encoding.toLowerCase()) {
            case "gzip" -> Requests.gzip(spans);
            case "deflate", "zlib" -> Requests.deflate(spans);
            case "zstd" -> Zstd.compress(spans);
            case "snappy" -> Requests.snappy(spans);
            case "x-snappy-framed" -> Requests.framedSnappy(spans);
            default -> spans;
        };
        HttpResponse<byte[]> response = post("/v1/traces", PROTOBUF, encoding, body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains(PROTOBUF);
        assertThat(response.body()).isEmpty();
        Taken taken = kit.context.next();
        assertThat(taken.transport()).isEqualTo("http");
        assertThat(taken.bytes()).isEqualTo(spans);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON"})
    void takesJsonAndAnswersInJson(String contentType) throws Exception {
        for (String encoding : new String[] {"", "gzip"}) {
            byte[] json = JSON_SPAN.getBytes(StandardCharsets.UTF_8);
            HttpResponse<byte[]> response =
                    post("/v1/traces", contentType, encoding, encoding.isEmpty() ? json : Requests.gzip(json));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).contains(JSON);
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
            assertThat(kit.context.next().records()).isEqualTo(1);
        }
    }

    @Test
    void takesEverySignalOnItsPath() throws Exception {
        assertThat(post("/v1/logs", PROTOBUF, "", Requests.logs(2, 5).toByteArray())
                        .statusCode())
                .isEqualTo(200);
        assertThat(kit.context.next().signal()).isEqualTo(Signal.LOGS);
        assertThat(post("/v1/metrics", PROTOBUF, "", new byte[0]).statusCode()).isEqualTo(200);
        assertThat(post("/v1/traces?x=y", JSON, "", "{}".getBytes()).statusCode())
                .isEqualTo(200);
        assertThat(kit.context.taken).isEmpty();
    }

    @Test
    void takesChunkedBodies() throws Exception {
        byte[] logs = Requests.logs(100, 10_000).toByteArray();
        HttpRequest chunked = request("/v1/logs", PROTOBUF)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(logs)))
                .build();
        assertThat(client.send(chunked, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
        assertThat(kit.context.next().bytes()).isEqualTo(logs);
    }

    @Test
    void takesHttp2WithoutUpgrade() throws Exception {
        try (var h2 = new io.lightvessel.gateway.testing.RawGrpc(kit.httpPort())) {
            byte[] spans = Requests.spans(2).toByteArray();
            var answer = h2.call("/v1/traces", java.util.Map.of("content-type", PROTOBUF), spans, true)
                    .get(20, TimeUnit.SECONDS);
            assertThat(answer.headers()).containsEntry(":status", "200").containsEntry("content-type", PROTOBUF);
            assertThat(kit.context.next().bytes()).isEqualTo(spans);
            var refused = h2.call("/v1/traces", java.util.Map.of("content-type", PROTOBUF), new byte[] {1}, true)
                    .get(20, TimeUnit.SECONDS);
            assertThat(refused.headers()).containsEntry(":status", "400");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/traces, text/plain, '', 415",
        "POST, /v1/traces, '', '', 415",
        "POST, /v1/traces, application/json, br, 415",
        "POST, /v1/traces, application/x-protobuf, lz4, 415",
        "GET, /v1/traces, application/json, '', 405",
        "PUT, /v1/logs, application/json, '', 405",
        "POST, /v1/spans, application/json, '', 404",
        "POST, /v1development/traces, application/json, '', 404"
    })
    void wrongRequestsAreToldWhatIsWrong(String method, String path, String type, String encoding, int status)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + kit.httpPort() + path))
                .method(method, BodyPublishers.ofString("{}"));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("(expected: ");
        assertThat(response.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
        // The connection is still good.
        assertThat(post("/v1/traces", JSON, "", "{}".getBytes()).statusCode()).isEqualTo(200);
    }

    @Test
    void undecodableBodiesAre400WithAStatusInTheirOwnType() throws Exception {
        HttpResponse<byte[]> json = post("/v1/traces", JSON, "", "{\"resourceSpans\":7}".getBytes());
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(new String(json.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"code\":3,\"message\":\"/resourceSpans: 7 (expected: an array)\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":"
                        + "\"resourceSpans\",\"description\":\"/resourceSpans: 7 (expected: an array)\"}]}]}");
        HttpResponse<byte[]> protobuf = post("/v1/traces", PROTOBUF, "", "garbage".getBytes());
        assertThat(protobuf.statusCode()).isEqualTo(400);
        assertThat(protobuf.headers().firstValue("content-type")).contains(PROTOBUF);
        UnknownFieldSet status = UnknownFieldSet.parseFrom(protobuf.body());
        assertThat(status.getField(1).getVarintList()).containsExactly(3L);
        assertThat(status.getField(2).getLengthDelimitedList()).hasSize(1);
        Any details = Any.parseFrom(status.getField(3).getLengthDelimitedList().getFirst());
        assertThat(details.getTypeUrl()).isEqualTo("type.googleapis.com/google.rpc.BadRequest");
        assertThat(post("/v1/logs", PROTOBUF, "gzip", "garbage".getBytes()).statusCode())
                .isEqualTo(400);
        byte[] packed = Requests.gzip(Requests.logs(10, 10).toByteArray());
        assertThat(post("/v1/logs", PROTOBUF, "gzip", Arrays.copyOf(packed, packed.length / 2))
                        .statusCode())
                .isEqualTo(400);
        assertThat(kit.context.turnedAway).hasSize(4).containsOnly(DropReason.MALFORMED);
    }

    @Test
    void retryableRefusalsAre503WithRetryAfter() throws Exception {
        kit.context.behaviour = GrpcReceiverTest.refusing(
                Refusal.retryable(DropReason.QUEUE_FULL, "queue \"a\" is full", Duration.ofMillis(1200)));
        HttpResponse<byte[]> response = post("/v1/traces", JSON, "", JSON_SPAN.getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("2");
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"code\":14,\"message\":\"queue \\\"a\\\" is full\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1.2s\"}]}");
    }

    @ParameterizedTest
    @EnumSource
    void whateverCanBeRetriedSaysWhen(DropReason reason) throws Exception {
        kit.context.behaviour = GrpcReceiverTest.refusing(Refusal.retryable(reason, "not now", null));
        HttpResponse<byte[]> response =
                post("/v1/traces", PROTOBUF, "", Requests.spans(1).toByteArray());
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void permanentRefusalsAre500() throws Exception {
        kit.context.behaviour =
                GrpcReceiverTest.refusing(Refusal.permanent(DropReason.BACKEND_REFUSED, "no such tenant"));
        HttpResponse<byte[]> response =
                post("/v1/traces", PROTOBUF, "", Requests.spans(1).toByteArray());
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("retry-after")).isEmpty();
    }

    @Test
    void spentBudgetIs503BeforeTheBodyIsRead() throws Exception {
        var all = kit.context.budget.tryAcquire(kit.context.budget.capacity());
        try (Socket socket = new Socket("127.0.0.1", kit.httpPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: " + PROTOBUF
                                    + "\r\nContent-Length: 5000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(head(socket)).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
        }
        all.release();
    }

    @Test
    void bodiesOverTheLimitAre413PlainAndUnpacked() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", kit.httpPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: " + JSON
                                    + "\r\nContent-Length: 67108865\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(head(socket)).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
        }
        byte[] bomb = Requests.gzip(new byte[80 << 20]);
        HttpResponse<byte[]> response = post("/v1/logs", PROTOBUF, "gzip", bomb);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(kit.context.turnedAway).containsExactly(DropReason.TOO_LARGE, DropReason.TOO_LARGE);
    }

    @Test
    void chunkedBodyOverTheLimitIs413() throws Exception {
        kit.close();
        kit = new ReceiverKit(
                "otlp: {protocols: {http: {endpoint: '127.0.0.1:0', max_request_body_size: 1000}}}",
                1 << 20,
                Timeouts.DEFAULT);
        HttpRequest chunked = request("/v1/logs", PROTOBUF)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[1001])))
                .build();
        assertThat(client.send(chunked, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void bodiesLargerThanTheWholeBudgetAre413AndNotToldToComeBack() throws Exception {
        kit.close();
        kit = new ReceiverKit(ReceiverKit.BOTH, 1 << 20, Timeouts.DEFAULT);
        byte[] large = new byte[(1 << 20) + 1];
        assertThat(post("/v1/logs", PROTOBUF, "", large).statusCode()).isEqualTo(413);
        assertThat(post("/v1/logs", PROTOBUF, "gzip", Requests.gzip(large)).statusCode())
                .isEqualTo(413);
        assertThat(post("/v1/logs", JSON, "", new byte[500_000]).statusCode()).isEqualTo(413);
        HttpRequest chunked = request("/v1/logs", PROTOBUF)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                .build();
        assertThat(client.send(chunked, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(413);
        assertThat(kit.context.turnedAway).hasSize(4).containsOnly(DropReason.TOO_LARGE);
    }

    @Test
    void garbageIs400AndSlowBodiesAreToComeAgain() throws Exception {
        kit.close();
        kit = new ReceiverKit(
                "otlp: {protocols: {http: {endpoint: '127.0.0.1:0', idle_timeout: 600ms, read_header_timeout: 600ms}}}",
                1 << 20,
                new Timeouts(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(50)));
        try (Socket socket = new Socket("127.0.0.1", kit.httpPort())) {
            socket.getOutputStream().write("\u0016\u0003\u0001 garbage\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(head(socket)).startsWith("HTTP/1.1 400");
        }
        try (Socket socket = new Socket("127.0.0.1", kit.httpPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: " + JSON
                                    + "\r\nContent-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(head(socket))
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("retry-after: 1")
                    .containsIgnoringCase("connection: close");
            assertThat(kit.context.turnedAway).contains(DropReason.TOO_SLOW);
        }
        try (Socket silent = new Socket("127.0.0.1", kit.httpPort());
                Socket halfHeader = new Socket("127.0.0.1", kit.httpPort())) {
            halfHeader.getOutputStream().write("POST /v1/logs HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(halfHeader.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(post("/v1/traces", JSON, "", "{}".getBytes()).statusCode()).isEqualTo(200);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        kit.context.behaviour = (payload, result) -> {
            String name = String.valueOf(payload.size());
            payload.release();
            waiting.add(() -> result.refused(Refusal.permanent(DropReason.BACKEND_REFUSED, name)));
        };
        StringBuilder all = new StringBuilder();
        for (String name : new String[] {"a", "ab", "abc"}) {
            String body = JSON_SPAN.replace("\"a\"", '"' + name + '"');
            all.append("POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: " + JSON + "\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
        }
        try (Socket socket = new Socket("127.0.0.1", kit.httpPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.US_ASCII));
            CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 3; i++) {
                    try {
                        waiting.take().run();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            StringBuilder read = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (read.indexOf("\"message\":\"29\"") < 0) {
                read.append((char) in.read());
            }
            assertThat(read.toString()).containsSubsequence("\"message\":\"27\"", "\"message\":\"28\"");
        }
    }

    @Test
    void continueIsSaidOnlyToRequestsThatMayGoOn() throws Exception {
        String head = "POST /v1/traces HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: " + JSON;
        try (Socket socket = new Socket("127.0.0.1", kit.httpPort())) {
            socket.getOutputStream()
                    .write((head + "\r\nContent-Length: 2\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(head(socket)).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write("{}".getBytes(StandardCharsets.US_ASCII));
            assertThat(head(socket)).startsWith("HTTP/1.1 200");
        }
        try (Socket socket = new Socket("127.0.0.1", kit.httpPort())) {
            socket.getOutputStream()
                    .write((head + "\r\nContent-Length: 99999999\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(head(socket)).startsWith("HTTP/1.1 413");
        }
    }

    /** Reads a response's head. */
    private static String head(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString();
    }
}
