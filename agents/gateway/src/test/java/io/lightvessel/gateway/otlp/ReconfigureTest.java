package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.RawGrpc.Answer;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconfigureTest {
    private static final String SMALL = """
            otlp:
              protocols:
                grpc: {endpoint: "127.0.0.1:0", max_recv_msg_size_mib: 1}
                http: {endpoint: "127.0.0.1:0", max_request_body_size: 10}
            """;

    private final byte[] spans = Requests.spans(1).toByteArray();
    private ReceiverKit kit;
    private RawGrpc client;

    @BeforeEach
    void start() throws Exception {
        kit = new ReceiverKit();
        client = new RawGrpc(kit.grpcPort());
    }

    @AfterEach
    void stop() {
        client.close();
        kit.close();
    }

    private Prepared<Receiver> prepare(TestContext context, String yaml) throws ComponentFailure {
        return kit.factory.prepare(context, TestContext.settings("receivers", "otlp", yaml), kit.receiver);
    }

    @Test
    void successorKeepsSocketAndOpenConnections() throws Exception {
        assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
        int grpc = kit.grpcPort();
        int http = kit.httpPort();
        TestContext next = new TestContext("otlp", 1 << 20);
        Prepared<Receiver> prepared = prepare(next, SMALL);
        // Prepared is not committed: the old one still takes everything.
        assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
        assertThat(next.taken).isEmpty();

        prepared.commit();
        kit.receiver.stop(Duration.ofSeconds(5));
        kit.receiver = prepared.component();
        assertThat(kit.grpcPort()).isEqualTo(grpc);
        assertThat(kit.httpPort()).isEqualTo(http);
        assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
        assertThat(next.taken).hasSize(1);
        assertThat(client.call(RawGrpc.TRACES, new byte[(1 << 20) + 1]).status())
                .isEqualTo("8");
        assertThat(client.goAway.getCount()).isEqualTo(1);
        try (RawGrpc second = new RawGrpc(grpc)) {
            assertThat(second.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
        }
    }

    @Test
    void callUnderWayDuringTheSwapIsAnswered() throws Exception {
        LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        kit.context.behaviour = (payload, result) -> waiting.add(() -> {
            payload.release();
            result.accepted();
        });
        CompletableFuture<Answer> answer = client.call(RawGrpc.TRACES, Map.of(), RawGrpc.framed(spans, 0), true);
        Runnable accept = waiting.poll(20, TimeUnit.SECONDS);
        Prepared<Receiver> prepared = prepare(new TestContext("otlp", 1 << 20), SMALL);
        prepared.commit();
        kit.receiver.stop(Duration.ofSeconds(5));
        kit.receiver = prepared.component();
        accept.run();
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo("0");
    }

    @Test
    void abortedSuccessorLeavesEverythingAsItWas() throws Exception {
        Prepared<Receiver> prepared = prepare(new TestContext("otlp", 1 << 20), SMALL);
        prepared.abort();
        assertThat(client.call(RawGrpc.TRACES, new byte[0]).status()).isEqualTo("0");
        try (RawGrpc second = new RawGrpc(kit.grpcPort())) {
            assertThat(second.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
        }
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String endpoint = "127.0.0.1:" + taken.getLocalPort();
            for (String protocol : new String[] {"grpc", "http"}) {
                String yaml = "otlp: {protocols: {" + protocol + ": {endpoint: \"" + endpoint + "\"}}}";
                assertThatThrownBy(() -> prepare(kit.context, yaml))
                        .isInstanceOf(ComponentFailure.class)
                        .hasMessage("receiver otlp: cannot listen on " + endpoint + ": address already in use");
            }
        }
        assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
    }

    @Test
    void aFailedSuccessorGivesUpWhatItHadBound() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int free = probe.getLocalPort();
            probe.close();
            String yaml = "otlp: {protocols: {grpc: {endpoint: \"127.0.0.1:" + free
                    + "\"}, http: {endpoint: \"127.0.0.1:" + taken.getLocalPort() + "\"}}}";
            assertThatThrownBy(() -> prepare(kit.context, yaml)).isInstanceOf(ComponentFailure.class);
            new ServerSocket(free, 1, InetAddress.getByName("127.0.0.1")).close();
        }
    }

    @Test
    void hostsThatDoNotExistAreNamed() {
        assertThatThrownBy(() ->
                        prepare(kit.context, "otlp: {protocols: {grpc: {endpoint: 'no.such.host.invalid:4317'}}}"))
                .hasMessageStartingWith("receiver otlp: cannot listen on no.such.host.invalid:4317: ");
    }

    @Test
    void stoppedReceiverSaysGoodbyeAndClosesItsPort() throws Exception {
        assertThat(client.call(RawGrpc.TRACES, spans).status()).isEqualTo("0");
        int port = kit.grpcPort();
        kit.receiver.stop(Duration.ofSeconds(5));
        assertThat(client.goAway.await(20, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
        kit = new ReceiverKit();
    }
}
