package io.lightvessel.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.net.BodyEncoding;
import io.lightvessel.gateway.net.HostPort;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.testing.ScriptedGrpc;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GrpcChannelTest {

    private static final int TRIES = 2000;

    @Test
    void anAddressThatIsAddedGetsCallsWhileNothingFails() throws Exception {
        InetAddress one = InetAddress.getByName("127.0.0.1");
        InetAddress other = InetAddress.getByName("127.0.0.2");
        AtomicReference<List<InetAddress>> known = new AtomicReference<>(List.of(one));
        try (Transport transport = new Transport(1);
                ScriptedGrpc first = new ScriptedGrpc("127.0.0.1", 0);
                ScriptedGrpc added = new ScriptedGrpc("127.0.0.2", first.port())) {
            GrpcChannel channel = new GrpcChannel(
                    transport,
                    new GrpcTarget(new HostPort("backend.test", first.port()), null, "backend.test", "backend.test"),
                    Map.of(),
                    "test",
                    Balancing.ROUND_ROBIN,
                    _ -> known.get(),
                    Duration.ofMillis(20));
            call(channel, first);
            known.set(List.of(one, other));
            for (int i = 0; added.requests.isEmpty() && i < TRIES; i++) {
                call(channel, first, added);
                Thread.sleep(10);
            }
            assertThat(added.requests).isNotEmpty();
            assertThat(first.connections).as("to the first, which never failed").hasValue(1);
            channel.close(Duration.ofSeconds(1));
        }
    }

    /** Makes a call that every one of the servers would answer. */
    private static void call(GrpcChannel channel, ScriptedGrpc... servers) throws Exception {
        for (ScriptedGrpc server : servers) {
            server.message(new byte[0]);
        }
        CompletableFuture<GrpcOutcome> outcome = new CompletableFuture<>();
        channel.call(new GrpcRequest(
                "/test.Service/Call",
                Unpooled.wrappedBuffer(new byte[] {1}),
                BodyEncoding.NONE,
                Duration.ofSeconds(10),
                null,
                outcome::complete));
        assertThat(outcome.get(20, TimeUnit.SECONDS).status()).isEqualTo(GrpcStatus.OK);
    }
}
