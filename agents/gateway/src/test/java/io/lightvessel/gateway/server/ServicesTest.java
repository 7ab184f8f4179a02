package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.JoinedResult;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.Result;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a receiver other than OTLP can do with the server. */
class ServicesTest {
    private static final byte[] ONE_SPAN = Requests.spans(1).toByteArray();

    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("toy", 1 << 20);
    private final HttpClient client = HttpClient.newHttpClient();
    private Receiver receiver;

    /** Makes as many payloads as the body's first byte says and rejects as many records as its second one says. */
    private record Toy(Outlet outlet) implements HttpService, GrpcService {
        @Override
        public List<String> contentTypes() {
            return List.of("text/toy");
        }

        @Override
        public void take(Request request, Answer answer) throws MalformedPayload, CorruptData, BudgetSpent {
            int payloads = request.bytes().getByte(0);
            int rejected = request.bytes().getByte(1);
            if (payloads < 0) {
                throw new CorruptData("payloads: " + payloads + " (expected: 0 or more)");
            }
            request.charge(request.bytes().readableBytes());
            if (payloads == 0) {
                answer.accepted();
                return;
            }
            Result one = rejected == 0 ? answer : answer.without(rejected, "too odd");
            Result each = new JoinedResult(one, payloads);
            for (int i = 0; i < payloads; i++) {
                deliver(request.payload(Signal.TRACES, Unpooled.wrappedBuffer(ONE_SPAN)), each);
            }
        }

        @Override
        public HttpReply success(String contentType) {
            return HttpReply.empty(202);
        }

        @Override
        public HttpReply partialSuccess(String contentType, long rejected, String message) {
            return HttpReply.text(202, rejected + " " + message);
        }

        @Override
        public byte[] partialSuccess(long rejected, String message) {
            return new byte[] {(byte) rejected};
        }

        @Override
        public HttpErrors errors() {
            return HttpErrors.TEXT;
        }
    }

    @BeforeEach
    void start() throws Exception {
        Toy toy = new Toy(context.outlet(Signal.TRACES, "toy"));
        var prepared = new Servers(transport)
                .prepare(
                        context,
                        List.of(
                                Endpoint.http("toy_http", options(), Map.of("/toy", toy), HttpErrors.TEXT),
                                Endpoint.grpc("toy_grpc", options(), Map.of("/toy.Toy/Take", toy))),
                        null);
        prepared.commit();
        receiver = prepared.component();
    }

    private ServerOptions options() throws Exception {
        return ServerOptions.http(
                TestContext.settings("receivers", "otlp", "otlp: {protocols: {http: {endpoint: '127.0.0.1:0'}}}")
                        .section("protocols")
                        .section("http"),
                context);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        receiver.stop(Duration.ofMillis(500));
        transport.close();
        assertThat(context.budget.used()).isZero();
    }

    private HttpResponse<String> post(int... body) throws Exception {
        byte[] bytes = new byte[body.length];
        for (int i = 0; i < body.length; i++) {
            bytes[i] = (byte) body[i];
        }
        return client.send(
                HttpRequest.newBuilder(
                                URI.create("http://" + receiver.endpoints().get("toy_http") + "/toy?format=odd"))
                        .header("Content-Type", "Text/Toy; version=1")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void successHasTheServicesOwnForm() throws Exception {
        HttpResponse<String> response = post(1, 0);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-type")).isEmpty();
        assertThat(context.next().bytes()).isEqualTo(ONE_SPAN);
    }

    @Test
    void requestsMayBecomeNoneOrSeveralPayloadsWithOneAnswer() throws Exception {
        assertThat(post(0, 0).statusCode()).isEqualTo(202);
        assertThat(context.taken).isEmpty();
        assertThat(post(3, 0).statusCode()).isEqualTo(202);
        assertThat(context.taken).hasSize(3);
    }

    @Test
    void rejectedRecordsAreToldOnlyWhenTheRestWasTaken() throws Exception {
        assertThat(post(2, 7).body()).isEqualTo("7 too odd");
        try (RawGrpc grpc =
                new RawGrpc(HostPort.parse(receiver.endpoints().get("toy_grpc")).port())) {
            RawGrpc.Answer answer = grpc.call("/toy.Toy/Take", new byte[] {1, 5});
            assertThat(answer.status()).isEqualTo("0");
            assertThat(answer.data()).containsExactly(0, 0, 0, 0, 1, 5);
        }
        context.behaviour = (payload, result) -> {
            payload.release();
            result.refused(context.budget.refusal());
        };
        HttpResponse<String> refused = post(1, 7);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void damagedBodiesAreCountedAndAnsweredByTheServer() throws Exception {
        HttpResponse<String> response = post(-1, 0);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("payloads: -1 (expected: 0 or more)");
        assertThat(context.turnedAway).containsExactly(DropReason.MALFORMED);
    }
}
