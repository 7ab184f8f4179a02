package io.lightvessel.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.server.Timeouts;
import io.lightvessel.gateway.testing.RawGrpc;
import io.lightvessel.gateway.testing.Requests;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole conversations, mutated, on real connections: HTTP/2 frames with gRPC in them, and HTTP/1.1 requests. */
class ConnectionFuzzTest {
    /** The server said nothing that looks like an answer. */
    private static final class NoAnswer extends Exception {}

    private final ReceiverKit kit = kit();

    private static ReceiverKit kit() {
        try {
            return new ReceiverKit(ReceiverKit.BOTH, 64 << 20, Timeouts.DEFAULT);
        } catch (io.lightvessel.pipeline.ComponentFailure e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stillServesAndHoldsNothing() throws Exception {
        try (RawGrpc client = new RawGrpc(kit.grpcPort())) {
            assertThat(client.call(RawGrpc.TRACES, Requests.spans(1).toByteArray())
                            .status())
                    .isEqualTo("0");
        }
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (kit.context.budget.used() > 0 && System.nanoTime() < patience) {
            Thread.sleep(10);
        }
        assertThat(kit.context.budget.used()).isZero();
        kit.close();
    }

    @Test
    void http1() {
        Fuzz.run("http1", 1500, input -> talk(kit.httpPort(), input, "HTTP/1.1 200"), NoAnswer.class);
    }

    @Test
    void http2() {
        Fuzz.run("http2", 1500, input -> talk(kit.grpcPort(), input, "grpc-status"), NoAnswer.class);
    }

    /** Sends, says that nothing more comes, and reads until the server has ended the connection, which it must. */
    private String talk(int port, byte[] input, String answer) throws Exception {
        StringBuilder said = new StringBuilder();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(input);
            socket.shutdownOutput();
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                said.append((char) b);
            }
        } catch (SocketException e) {
            // A reset is an end too.
            said.append(" reset");
        }
        kit.context.taken.clear();
        if (said.indexOf(answer) < 0 && !answer.equals("grpc-status") || said.length() < 60) {
            throw new NoAnswer();
        }
        return said.length() > 12 ? said.substring(0, 12) : said.toString();
    }
}
