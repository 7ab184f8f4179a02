package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.RawGrpc.Answer;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.pipeline.DropReason;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that mean no good, on both ports; afterwards the receiver must serve as before. */
class HostileClientsTest {
    private static final Timeouts SHORT =
            new Timeouts(Duration.ofMillis(300), Duration.ofMillis(800), Duration.ofMillis(50));

    private ReceiverKit kit;

    private void start(String grpcKeys, Timeouts timeouts) throws Exception {
        kit = new ReceiverKit("""
                otlp:
                  protocols:
                    grpc: {endpoint: "127.0.0.1:0"%s}
                    http: {endpoint: "127.0.0.1:0", idle_timeout: 1s, read_header_timeout: 1s}
                """.formatted(grpcKeys), 256L << 20, timeouts);
    }

    @AfterEach
    void stillServesAndHoldsNothing() throws Exception {
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            assertThat(client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray())
                            .status())
                    .isEqualTo("0");
        }
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (kit.context.budget.used() > 0 && System.nanoTime() < patience) {
            Thread.sleep(10);
        }
        assertThat(kit.context.budget.used()).isZero();
        kit.close();
    }

    @Test
    void slowMessageIsEndedWithItsMemoryGivenBack() throws Exception {
        start("", SHORT);
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            Answer answer = client.call(RawGrpc.TRACES, Map.of(), new byte[] {0, 0, 1, 0, 0, 1}, false)
                    .get(20, TimeUnit.SECONDS);
            assertThat(GrpcReceiverTest.details(answer))
                    .isEqualTo(List.of(14L, "the message did not arrive in time", 1L, 0L));
            Answer silent =
                    client.call(RawGrpc.TRACES, Map.of(), new byte[0], false).get(20, TimeUnit.SECONDS);
            assertThat(silent.status()).isEqualTo("14");
            assertThat(kit.context.turnedAway).containsOnly(DropReason.TOO_SLOW);
        }
    }

    @Test
    void deadlinesOfClientsAreKept() throws Exception {
        start("", SHORT);
        kit.context.behaviour = (payload, result) -> payload.release();
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            byte[] spans = RawGrpc.framed(Requests.spans(1).toByteArray(), 0);
            Answer answer = client.call(RawGrpc.TRACES, Map.of("grpc-timeout", "100m"), spans, true)
                    .get(20, TimeUnit.SECONDS);
            assertThat(answer.status()).isEqualTo("4");
            assertThat(answer.message()).isEqualTo("the deadline of the call is over");
        }
        kit.context.behaviour = (payload, result) -> {
            payload.release();
            result.accepted();
        };
    }

    @Test
    void garbageOnThePortsEndsOnlyItsOwnConnection() throws Exception {
        start("", SHORT);
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            byte[] garbage = new byte[1 + random.nextInt(4000)];
            random.nextBytes(garbage);
            for (int port : new int[] {kit.grpcPort(), kit.httpPort()}) {
                sendAndReadToEnd(port, garbage);
                byte[] afterPreface = ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                                + new String(garbage, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1);
                sendAndReadToEnd(port, afterPreface);
            }
        }
    }

    private static void sendAndReadToEnd(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // What it says does not matter, only that it ends.
            }
        } catch (java.net.SocketException e) {
            // A reset is an end too.
        }
    }

    @Test
    void connectionsThatNeverSpeakAreClosed() throws Exception {
        start("", SHORT);
        try (Socket silent = new Socket("127.0.0.1", kit.grpcPort())) {
            silent.setSoTimeout(20_000);
            // The server's own settings come first, then the end.
            while (silent.getInputStream().read() >= 0) {}
        }
    }

    @Test
    void rapidResetsEndTheConnection() throws Exception {
        start("", Timeouts.DEFAULT);
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            for (int i = 0; i < 1000 && client.channel().isActive(); i++) {
                Http2StreamChannel stream = new Http2StreamChannelBootstrap(client.channel())
                        .handler(new ChannelInboundHandlerAdapter())
                        .open()
                        .awaitUninterruptibly()
                        .getNow();
                if (stream == null) {
                    break;
                }
                stream.write(new DefaultHttp2HeadersFrame(
                        new DefaultHttp2Headers()
                                .method("POST")
                                .scheme("http")
                                .path(RawGrpc.TRACES)
                                .authority("x")
                                .add("content-type", "application/grpc"),
                        false));
                stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
            }
            // The GOAWAY itself may be lost: what the client still sends to the closed socket resets it.
            assertThat(client.channel().closeFuture().await(20, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void moreStreamsThanAllowedAreRefused() throws Exception {
        start(", max_concurrent_streams: 3", Timeouts.DEFAULT);
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray());
            for (int i = 0; i < 3; i++) {
                client.call(RawGrpc.TRACES, Map.of(), new byte[] {0, 0}, false);
            }
            // Netty's client keeps to the server's limit by itself, which shows that the limit was announced.
            assertThat(client.call(RawGrpc.TRACES, Map.of(), new byte[] {0, 0}, false)
                            .get(20, TimeUnit.SECONDS)
                            .headers())
                    .isEqualTo(Map.of("closed", "yes"));
        }
    }

    @Test
    void floodsOfPingsEndTheConnection() throws Exception {
        start("", Timeouts.DEFAULT);
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray());
            for (int i = 0; i < 4; i++) {
                client.channel().writeAndFlush(new DefaultHttp2PingFrame(i));
            }
            assertThat(client.goAway.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void oldConnectionsAreAskedToGoAndFinishTheirCalls() throws Exception {
        start(", keepalive: {server_parameters: {max_connection_age: 300ms}}", Timeouts.DEFAULT);
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            java.util.concurrent.LinkedBlockingQueue<Runnable> waiting =
                    new java.util.concurrent.LinkedBlockingQueue<>();
            kit.context.behaviour = (payload, result) -> waiting.add(() -> {
                payload.release();
                result.accepted();
            });
            var answer = client.call(
                    RawGrpc.TRACES, Map.of(), RawGrpc.framed(Requests.spans(1).toByteArray(), 0), true);
            Runnable accept = waiting.poll(20, TimeUnit.SECONDS);
            assertThat(client.goAway.await(20, TimeUnit.SECONDS)).isTrue();
            // Long enough for the second GOAWAY: still the call is not cut off.
            assertThat(client.channel().closeFuture().await(1500)).isFalse();
            accept.run();
            assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo("0");
            assertThat(client.channel().closeFuture().await(20, TimeUnit.SECONDS))
                    .isTrue();
            kit.context.behaviour = (payload, result) -> {
                payload.release();
                result.accepted();
            };
        }
    }

    @Test
    void idleConnectionsAreAskedToGo() throws Exception {
        start(", keepalive: {server_parameters: {max_connection_idle: 200ms}}", Timeouts.DEFAULT);
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            assertThat(client.goAway.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.channel().closeFuture().await(20, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void peersThatDoNotAnswerPingsAreClosed() throws Exception {
        start(", keepalive: {server_parameters: {time: 1s, timeout: 100ms}}", Timeouts.DEFAULT);
        try (Socket mute = new Socket("127.0.0.1", kit.grpcPort())) {
            mute.setSoTimeout(20_000);
            mute.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
            while (mute.getInputStream().read() >= 0) {}
        }
    }
}
