package io.lightvessel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.lightvessel.local.AgentName;
import io.lightvessel.local.Product;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What no well-behaved client sends, on every port that takes bytes from outside. */
@ExtendWith(ProductExtension.class)
class BadInputIT {

    private static final int TOO_LARGE_MEGABYTES = 70;
    private static final int SILENCE_MILLIS = 5_000;
    private static final int INVALID_ARGUMENT = 3;
    private static final int UNAVAILABLE = 14;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int INTERNAL = 13;
    private static final String PROTOBUF = "application/x-protobuf";
    private static final List<String> PARTS = List.of("control plane", "gateway-1");

    private final Map<String, Long> before = new LinkedHashMap<>();
    private Product product;

    @BeforeEach
    void remember(Product running) {
        product = running;
        PARTS.forEach(part -> before.put(part, product.process(part).pid()));
    }

    @AfterEach
    void everythingStillWorks() throws Exception {
        PARTS.forEach(part -> {
            assertThat(product.process(part).pid()).as(part).isEqualTo(before.get(part));
            assertThat(product.process(part).isAlive()).as(part).isTrue();
        });
        try (SteadySender sender = new SteadySender("after-bad-input", grpc())) {
            Eventually.within(
                    Duration.ofSeconds(10), () -> assertThat(sender.sent()).isGreaterThan(2));
            assertThat(sender.failures()).isEmpty();
        }
        assertThat(product.controlPlane().agents()).isNotEmpty();
    }

    @Test
    void garbageOnTheGrpcPortClosesThatConnectionOnly() throws Exception {
        byte[] garbage = new byte[4096];
        new Random(7).nextBytes(garbage);

        // GOAWAY, or a close at once: both are what HTTP/2 knows for a peer that does not speak it.
        assertThat(closedAfter(grpc(), garbage)).isTrue();
        assertThat(closedAfter(grpc(), Wire.join(Http2Bytes.PREFACE, garbage))).isTrue();
    }

    @Test
    void aGrpcMessageThatIsNoRequestIsAnInvalidArgument() throws Exception {
        byte[] body = "this is no protobuf".getBytes(StandardCharsets.US_ASCII);
        byte[] call = Wire.join(Http2Bytes.open(), Http2Bytes.data(Http2Bytes.message(false, body.length, body), true));

        assertThat(Http2Bytes.grpcStatus(exchange(grpc(), call, SILENCE_MILLIS).call()))
                .contains(INVALID_ARGUMENT);
    }

    @Test
    void aTruncatedGrpcMessageIsRefused() throws Exception {
        byte[] call =
                Wire.join(Http2Bytes.open(), Http2Bytes.data(Http2Bytes.message(false, 1_000, new byte[10]), true));

        assertThat(Http2Bytes.grpcStatus(exchange(grpc(), call, SILENCE_MILLIS).call())
                        .orElseThrow())
                .isIn(INVALID_ARGUMENT, INTERNAL);
    }

    @Test
    void anOversizedGrpcMessageIsRefusedBeforeAndAfterUnpacking() throws Exception {
        byte[] announced = Wire.join(
                Http2Bytes.open(),
                Http2Bytes.data(Http2Bytes.message(false, TOO_LARGE_MEGABYTES << 20, new byte[10]), false));
        assertThat(Http2Bytes.grpcStatus(
                        exchange(grpc(), announced, SILENCE_MILLIS).call()))
                .contains(RESOURCE_EXHAUSTED);

        byte[] bomb = Wire.bomb(TOO_LARGE_MEGABYTES);
        byte[] framed = Http2Bytes.message(true, bomb.length, bomb);
        byte[] packed = Http2Bytes.open("grpc-encoding", "gzip");
        for (int from = 0; from < framed.length; from += 16_000) {
            int to = Math.min(framed.length, from + 16_000);
            packed = Wire.join(packed, Http2Bytes.data(Arrays.copyOfRange(framed, from, to), to == framed.length));
        }
        assertThat(Http2Bytes.grpcStatus(
                        exchange(grpc(), packed, SILENCE_MILLIS).call()))
                .contains(RESOURCE_EXHAUSTED);
    }

    @Test
    void garbageOverHttpIsABadRequestInOtlpsOwnForm() throws Exception {
        assertThat(Wire.statusLine(Wire.exchange(
                        http(), "\u0001\u0002 nonsense\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), SILENCE_MILLIS)))
                .startsWith("HTTP/1.1 400");

        byte[] body = "this is no protobuf".getBytes(StandardCharsets.US_ASCII);
        byte[] answer = Wire.exchange(http(), Wire.post("/v1/traces", PROTOBUF, "", body, body.length), SILENCE_MILLIS);
        assertThat(Wire.statusLine(answer)).startsWith("HTTP/1.1 400");
        assertThat(Status.parseFrom(body(answer)).getMessage()).isNotBlank();

        byte[] json = "{\"resourceSpans\": [".getBytes(StandardCharsets.US_ASCII);
        byte[] jsonAnswer = Wire.exchange(
                http(), Wire.post("/v1/traces", "application/json", "", json, json.length), SILENCE_MILLIS);
        assertThat(Wire.statusLine(jsonAnswer)).startsWith("HTTP/1.1 400");
        assertThat(new String(body(jsonAnswer), StandardCharsets.UTF_8)).contains("\"message\"");
    }

    @Test
    void aTruncatedHttpBodyHurtsNobody() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http())) {
            socket.getOutputStream().write(Wire.post("/v1/traces", PROTOBUF, "", new byte[10], 1_000));
            socket.shutdownOutput();
            socket.setSoTimeout(SILENCE_MILLIS);
            assertThat(Wire.statusLine(Wire.drain(socket.getInputStream()))).doesNotStartWith("HTTP/1.1 200");
        }
        byte[] half = Arrays.copyOf(Wire.bomb(1), 100);
        byte[] answer = Wire.exchange(
                http(),
                Wire.post("/v1/traces", PROTOBUF, "Content-Encoding: gzip\r\n", half, half.length),
                SILENCE_MILLIS);
        assertThat(Wire.statusLine(answer)).startsWith("HTTP/1.1 400");
    }

    @Test
    void anOversizedHttpBodyIsTooLarge() throws Exception {
        byte[] bomb = Wire.bomb(TOO_LARGE_MEGABYTES);
        byte[] unpacked = Wire.exchange(
                http(),
                Wire.post("/v1/traces", PROTOBUF, "Content-Encoding: gzip\r\n", bomb, bomb.length),
                SILENCE_MILLIS);
        assertThat(Wire.statusLine(unpacked)).startsWith("HTTP/1.1 413");

        byte[] announced = Wire.exchange(
                http(), Wire.post("/v1/traces", PROTOBUF, "", new byte[10], TOO_LARGE_MEGABYTES << 20), SILENCE_MILLIS);
        assertThat(Wire.statusLine(announced)).startsWith("HTTP/1.1 413");
    }

    @Test
    void badOpampMessagesAreRefusedOnBothPorts() throws Exception {
        Api api = new Api(product.controlPlane());
        String token = api.createToken("demo", Map.of()).path("secret").asString();
        String authorized = "Authorization: Bearer " + token + "\r\n";
        byte[] body = "this is no protobuf".getBytes(StandardCharsets.US_ASCII);
        for (int port : List.of(product.ports().opamp(), product.ports().controlPlane())) {
            assertThat(Wire.statusLine(Wire.exchange(
                            port,
                            "\u0001\u0002 nonsense\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1),
                            SILENCE_MILLIS)))
                    .startsWith("HTTP/1.1 400");
            assertThat(opamp(port, "", body, body.length)).startsWith("HTTP/1.1 401");
            assertThat(opamp(port, authorized, body, body.length)).startsWith("HTTP/1.1 400");
            byte[] bomb = Wire.bomb(TOO_LARGE_MEGABYTES);
            assertThat(opamp(port, authorized + "Content-Encoding: gzip\r\n", bomb, bomb.length))
                    .startsWith("HTTP/1.1 413");
            assertThat(opamp(port, authorized, new byte[10], TOO_LARGE_MEGABYTES << 20))
                    .startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void badApiRequestsAreProblems() throws Exception {
        String path = "/api/v1/tenants/demo/clusters";
        String authorized = "Authorization: Bearer " + product.data().apiToken() + "\r\n";
        byte[] json = "{\"slug\": ".getBytes(StandardCharsets.US_ASCII);
        int port = product.ports().controlPlane();

        byte[] garbage =
                Wire.exchange(port, Wire.post(path, "application/json", authorized, json, json.length), SILENCE_MILLIS);
        assertThat(Wire.statusLine(garbage)).startsWith("HTTP/1.1 400");
        assertThat(new String(garbage, StandardCharsets.UTF_8)).contains("application/problem+json", "\"code\"");

        byte[] large = Wire.exchange(
                port,
                Wire.post(path, "application/json", authorized, new byte[10], TOO_LARGE_MEGABYTES << 20),
                SILENCE_MILLIS);
        assertThat(Wire.statusLine(large)).startsWith("HTTP/1.1 413");

        byte[] nowhere = Wire.exchange(
                port,
                Wire.post(path + "/demo/nothing", "application/json", authorized, new byte[0], 0),
                SILENCE_MILLIS);
        assertThat(Wire.statusLine(nowhere)).startsWith("HTTP/1.1 404");
        assertThat(new String(nowhere, StandardCharsets.UTF_8)).contains("application/problem+json", "\"not_found\"");
    }

    @Test
    void slowBodiesAreGivenUpWhileOthersAreServed() throws Exception {
        Api api = new Api(product.controlPlane());
        String token = api.createToken("demo", Map.of()).path("secret").asString();
        byte[] slowGrpc =
                Wire.join(Http2Bytes.open(), Http2Bytes.data(Http2Bytes.message(false, 1_000, new byte[10]), false));
        byte[] slowHttp = Wire.post("/v1/traces", PROTOBUF, "", new byte[10], 1_000);
        byte[] slowOpamp =
                Wire.post("/v1/opamp", PROTOBUF, "Authorization: Bearer " + token + "\r\n", new byte[10], 1_000);
        byte[] slowApi = Wire.post(
                "/api/v1/tenants/demo/clusters",
                "application/json",
                "Authorization: Bearer " + product.data().apiToken() + "\r\n",
                "{".getBytes(StandardCharsets.US_ASCII),
                1_000);
        int patience = 75_000;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                SteadySender others = new SteadySender("meanwhile", grpc())) {
            Future<byte[]> grpc = threads.submit(exchange(grpc(), slowGrpc, patience));
            Future<byte[]> http = threads.submit(exchange(http(), slowHttp, patience));
            Future<byte[]> opamp = threads.submit(exchange(product.ports().opamp(), slowOpamp, patience));
            Future<byte[]> api8080 = threads.submit(exchange(product.ports().controlPlane(), slowApi, patience));

            assertThat(Http2Bytes.grpcStatus(grpc.get()).orElseThrow()).isEqualTo(UNAVAILABLE);
            assertThat(Wire.statusLine(http.get())).startsWith("HTTP/1.1 503");
            // The servlet container gives up on a silent socket before the OpAMP endpoint can say 408.
            assertThat(Wire.statusLine(opamp.get())).matches("HTTP/1.1 40[08].*");
            assertThat(Wire.statusLine(api8080.get())).matches("HTTP/1.1 4\\d\\d.*");
            assertThat(others.failures()).isEmpty();
            assertThat(others.sent()).isGreaterThan(100);
        }
    }

    private static Callable<byte[]> exchange(int port, byte[] sent, int patience) {
        return () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(patience);
                socket.getOutputStream().write(sent);
                InputStream in = socket.getInputStream();
                byte[] first = new byte[0];
                // HTTP/2 answers with settings first; what is waited for comes later.
                while (first.length == 0
                        || (sent[0] == 'P'
                                && sent[1] == 'R'
                                && Http2Bytes.grpcStatus(first).isEmpty())) {
                    byte[] more = new byte[8192];
                    int n = in.read(more);
                    if (n < 0) {
                        break;
                    }
                    first = Wire.join(first, Arrays.copyOf(more, n));
                }
                return first;
            }
        };
    }

    private static boolean closedAfter(int port, byte[] sent) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.getOutputStream().write(sent);
            InputStream in = socket.getInputStream();
            try {
                while (in.read() >= 0) {
                    // Whatever it says before it closes.
                }
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (SocketException e) {
                return true;
            }
        }
    }

    private static String opamp(int port, String headers, byte[] body, int length) throws Exception {
        return Wire.statusLine(
                Wire.exchange(port, Wire.post("/v1/opamp", PROTOBUF, headers, body, length), SILENCE_MILLIS));
    }

    private static byte[] body(byte[] response) {
        String text = new String(response, StandardCharsets.ISO_8859_1);
        return Arrays.copyOfRange(response, text.indexOf("\r\n\r\n") + 4, response.length);
    }

    private int grpc() {
        return product.ports().otlpGrpc(AgentName.GATEWAY_1);
    }

    private int http() {
        return product.ports().otlpHttp(AgentName.GATEWAY_1);
    }
}
