package io.lightvessel.agent.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectFailureIT {
    @Test
    void aPortWhereNobodyListensRefuses() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        assertThat(failure("ws://127.0.0.1:" + free)).isEqualTo("connection refused");
    }

    @Test
    void aNameNobodyKnowsIsAnUnknownHost() {
        assertThat(failure("ws://nobody.invalid:80")).isEqualTo("unknown host");
    }

    @Test
    void aPeerThatSpeaksNoTlsIsNamed() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = peer.accept()) {
                    // Like a server that takes the hello for a request; an answer before it can be overlooked.
                    assertThat(socket.getInputStream().read()).isNotNegative();
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(failure("wss://127.0.0.1:" + peer.getLocalPort())).startsWith("TLS: ");
        }
    }

    private static String failure(String uri) {
        try (Transport transport = new Transport(Clock.systemUTC(), event -> {})) {
            return ConnectFailure.sentence(
                    catchThrowableOfType(IOException.class, () -> transport.connect(URI.create(uri), Map.of())));
        }
    }
}
