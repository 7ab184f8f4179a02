package io.lightvessel.gateway.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.Loops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpConnectionsTest {
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";
    private static final int LIMIT = 1000;

    private final HttpConnections connections = new HttpConnections(Loops.SHARED, null, ConnectionRules.DEFAULT);
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private ServerSocket server;

    /** Reads requests of twelve bytes of body, answers with the next text; an empty one closes the connection. */
    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    accepted.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder text = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
                boolean bodiless = text.indexOf("POST") != 0 && text.indexOf("\r\n\r\n") > 0;
                if (bodiless || text.indexOf("\r\n\r\ntwelve bytes") > 0) {
                    requests.add(text.toString());
                    text.setLength(0);
                    String answer = answers.take();
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    if (answer.isEmpty() || answer.contains("until the end")) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws IOException {
        connections.close(Duration.ZERO);
        server.close();
    }

    private static final class Collector implements ResponseReader {
        private final CompletableFuture<String> outcome = new CompletableFuture<>();
        private final StringBuilder seen = new StringBuilder();
        private int size;

        @Override
        public void head(int status, HttpHeaders headers) {
            seen.append(status);
        }

        @Override
        public @Nullable String content(ByteBuf piece) {
            size += piece.readableBytes();
            seen.append(' ').append(piece.toString(StandardCharsets.US_ASCII));
            return size > LIMIT ? "larger than " + LIMIT : null;
        }

        @Override
        public void end() {
            outcome.complete(seen.toString());
        }

        @Override
        public void failed(String why) {
            outcome.complete("failed: " + why);
        }
    }

    private CompletableFuture<String> send(HttpMethod method, String url) {
        Collector collector = new Collector();
        ByteBuf body = method.equals(HttpMethod.GET)
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(
                        "twelve ".getBytes(StandardCharsets.US_ASCII), "bytes".getBytes(StandardCharsets.US_ASCII));
        connections.send(
                new HttpCallout(method, URI.create(url), new DefaultHttpHeaders(), body, Duration.ofSeconds(20)),
                collector);
        return collector.outcome;
    }

    private String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/path?query=1";
    }

    private String post(String answer) throws Exception {
        answers.add(answer);
        return send(HttpMethod.POST, url()).get(20, TimeUnit.SECONDS);
    }

    @Test
    void aRequestSaysWhatHttpAsksFor() throws Exception {
        assertThat(post(EMPTY)).isEqualTo("204");
        assertThat(requests.take())
                .startsWith("POST /path?query=1 HTTP/1.1\r\n")
                .containsIgnoringCase("host: 127.0.0.1:" + server.getLocalPort() + "\r\n")
                .containsIgnoringCase("content-length: 12\r\n")
                .endsWith("\r\n\r\ntwelve bytes");
        answers.add(EMPTY);
        assertThat(send(HttpMethod.GET, url()).get(20, TimeUnit.SECONDS)).isEqualTo("204");
        assertThat(requests.take()).startsWith("GET /path?query=1").doesNotContainIgnoringCase("content-length");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK~Content-Length: 3~~abc|200 abc",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~a~2~bc~0~~|200 a bc",
                "HTTP/1.1 100 Continue~~HTTP/1.1 103 Early Hints~Link: x~~HTTP/1.1 200 OK~Content-Length: 1~~z|200 z",
                "HTTP/1.1 200 OK~~until the end|200 until the end",
                "HTTP/1.1 503 Away~Content-Length: 0~~|503",
                "SSH-2.0-OpenSSH_9.6~|failed: the response is not HTTP: *",
                "HTTP/1.1 200 OK~Content-Length: -5~~|failed: the response is not HTTP: *",
                "''|failed: the connection ended before the answer"
            })
    void responsesAreReadHoweverTheyEnd(String answer, String outcome) throws Exception {
        String got = post(answer.replace("~", "\r\n"));
        if (outcome.endsWith("*")) {
            assertThat(got).startsWith(outcome.substring(0, outcome.length() - 1));
        } else {
            assertThat(got).isEqualTo(outcome);
        }
    }

    @Test
    void connectionsAreUsedAgainWhereServersAllowIt() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(post(EMPTY)).isEqualTo("204");
        }
        int kept = accepted.get();
        assertThat(post("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo("200");
        assertThat(post(EMPTY)).isEqualTo("204");
        // Each event loop has its own; there are two.
        assertThat(kept).isLessThanOrEqualTo(2);
        assertThat(accepted.get()).isGreaterThan(1);
    }

    @Test
    void aRequestThatMeetsTheEndOfAKeptConnectionGoesOutAgain() throws Exception {
        while (accepted.get() < 2) {
            assertThat(post(EMPTY)).isEqualTo("204");
        }
        requests.clear();
        answers.add("");
        answers.add(EMPTY);
        assertThat(send(HttpMethod.POST, url()).get(20, TimeUnit.SECONDS)).isEqualTo("204");
        assertThat(requests).hasSize(2);
        assertThat(accepted.get()).isEqualTo(3);
    }

    @Test
    void aReaderThatHasEnoughEndsTheExchange() throws Exception {
        assertThat(post("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(1500)))
                .isEqualTo("failed: larger than 1000");
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        CompletableFuture<String> waiting = send(HttpMethod.POST, url());
        requests.take();
        connections.close(Duration.ZERO);
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo("failed: the exporter is stopping");
        assertThat(send(HttpMethod.POST, url()).get(20, TimeUnit.SECONDS))
                .isEqualTo("failed: the exporter is stopping");
    }

    @Test
    void namesThatNobodyKnowsAreSaid() throws Exception {
        assertThat(send(HttpMethod.GET, "http://nobody.invalid/").get(20, TimeUnit.SECONDS))
                .startsWith("failed: cannot resolve nobody.invalid: ");
    }

    @Test
    void thePlatformsProxyIsAsked() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(
                        Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort())));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                throw new AssertionError(e);
            }
        });
        try {
            answers.add(EMPTY);
            assertThat(send(HttpMethod.POST, "http://backend.invalid/v1/logs").get(20, TimeUnit.SECONDS))
                    .isEqualTo("204");
            assertThat(requests.take())
                    .startsWith("POST http://backend.invalid/v1/logs HTTP/1.1\r\n")
                    .containsIgnoringCase("host: backend.invalid\r\n");
            answers.add("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
            assertThat(send(HttpMethod.POST, "https://backend.invalid/v1/logs").get(20, TimeUnit.SECONDS))
                    .isEqualTo("failed: the proxy answered 407");
            assertThat(requests.take()).startsWith("CONNECT backend.invalid:443 HTTP/1.1\r\n");
        } finally {
            ProxySelector.setDefault(before);
        }
    }
}
