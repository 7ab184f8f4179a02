package io.lightvessel.gateway.scrape.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ByteBudget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final Transport transport = new Transport(1);
    private final TestContext context = new TestContext("prometheus", 1 << 20);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        transport.close();
    }

    private void on(String path, Handler handler) {
        server.createContext(path, exchange -> {
            seen.add(exchange.getRemoteAddress().getPort() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            handler.handle(exchange);
            exchange.close();
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private TargetClient client(HttpOptions options) {
        return new TargetClient(transport, context.timer(), context.budget, options);
    }

    private static String get(TargetClient client, String url, long limit, Duration timeout) throws Exception {
        CompletableFuture<FetchResult> result = new CompletableFuture<>();
        client.get(new FetchRequest(URI.create(url), Map.of("Accept", "x/y"), timeout, limit, 1000), result::complete);
        return switch (result.get(30, TimeUnit.SECONDS)) {
            case FetchResult.Answered answered -> {
                String text = answered.contentType() + ": " + answered.body().toString(StandardCharsets.UTF_8);
                answered.body().release();
                answered.lease().release();
                yield text;
            }
            case FetchResult.Failed failed -> failed.reason() + ": " + failed.message();
        };
    }

    @Test
    void oneConnectionIsKeptForATarget() throws Exception {
        on("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            answer(exchange, 200, "a 1\n");
        });
        TargetClient client = client(HttpOptions.DEFAULT);
        assertThat(get(client, url("/metrics?x=1%202"), 0, LONG)).isEqualTo("text/plain: a 1\n");
        assertThat(get(client, url("/metrics?x=1%202"), 0, LONG)).isEqualTo("text/plain: a 1\n");
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isEqualTo(seen.get(1)).contains("/metrics?x=1%202");
        assertThat(context.budget.used()).isZero();
    }

    @Test
    void aConnectionThatTheTargetClosedMeanwhileCostsNothing() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < 2; i++) {
                    try (Socket peer = socket.accept()) {
                        peer.getInputStream().read(new byte[1000]);
                        peer.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                        .getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        seen.add(e.toString());
                    }
                }
            });
            TargetClient client = client(HttpOptions.DEFAULT);
            String url = "http://127.0.0.1:" + socket.getLocalPort() + "/";
            assertThat(get(client, url, 0, LONG)).isEqualTo(": ok");
            assertThat(get(client, url, 0, LONG)).isEqualTo(": ok");
        }
    }

    @Test
    void bodiesAreCutOffAtTheLimitHoweverTheyCome() throws Exception {
        on("/announced", exchange -> answer(exchange, 200, "x".repeat(50_000)));
        on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[8192];
            while (true) {
                exchange.getResponseBody().write(piece);
            }
        });
        TargetClient client = client(HttpOptions.DEFAULT);
        String expected = "TOO_LARGE: body_size_limit exceeded: more than 20000 bytes";
        assertThat(get(client, url("/announced"), 20_000, LONG)).isEqualTo(expected);
        assertThat(get(client, url("/endless"), 20_000, LONG)).isEqualTo(expected);
        assertThat(get(client, url("/announced"), 50_000, LONG)).hasSize(50_002);
        assertThat(context.budget.used()).isZero();
    }

    @Test
    void aBodyThatDoesNotFitTheBudgetWaitsUntilTheTimeIsOver() throws Exception {
        on("/large", exchange -> answer(exchange, 200, "x".repeat(100_000)));
        ByteBudget.Lease others = context.budget.tryAcquire((1 << 20) - 50_000);
        assertThat(get(client(HttpOptions.DEFAULT), url("/large"), 0, Duration.ofMillis(300)))
                .isEqualTo("NO_MEMORY: the agent's memory budget was spent while the answer came in");
        others.release();
        assertThat(context.budget.used()).isZero();
    }

    @Test
    void aBodyThatTakesTheBudgetDoesNotKeepItUntilTheTimeIsOver() throws Exception {
        on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[8192];
            while (true) {
                exchange.getResponseBody().write(piece);
            }
        });
        assertThat(get(client(HttpOptions.DEFAULT), url("/endless"), 0, LONG))
                .matches("NO_MEMORY: the agent's memory budget was spent when \\d+ bytes of the answer had come");
        assertThat(context.budget.used()).isZero();
    }

    @Test
    void aScrapeWaitsForTheBudget() throws Exception {
        on("/metrics", exchange -> answer(exchange, 200, "a 1\n"));
        ByteBudget.Lease all = context.budget.tryAcquire(1 << 20);
        TargetClient client = client(HttpOptions.DEFAULT);
        assertThat(get(client, url("/metrics"), 0, Duration.ofMillis(200)))
                .isEqualTo("NO_MEMORY: the agent's memory budget was spent for 200 ms");
        assertThat(seen).isEmpty();
        CompletableFuture<FetchResult> result = new CompletableFuture<>();
        client.get(new FetchRequest(URI.create(url("/metrics")), Map.of(), LONG, 0, 1000), result::complete);
        all.release();
        assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(FetchResult.Answered.class);
    }

    @Test
    void silenceAndDripsEndWithTheTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(get(
                            client(HttpOptions.DEFAULT),
                            "http://127.0.0.1:" + silent.getLocalPort() + "/",
                            0,
                            Duration.ofMillis(200)))
                    .isEqualTo("TIMEOUT: no answer within 200 ms");
        }
        on("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                Thread.onSpinWait();
            }
        });
        assertThat(get(client(HttpOptions.DEFAULT), url("/drip"), 0, Duration.ofMillis(200)))
                .startsWith("TIMEOUT:");
    }

    @Test
    void whatIsNoAnswerIsSaid() throws Exception {
        on("/gone", exchange -> answer(exchange, 404, "no"));
        TargetClient client = client(HttpOptions.DEFAULT);
        assertThat(get(client, url("/gone"), 0, LONG))
                .isEqualTo("UNREACHABLE: server returned HTTP status 404 Not Found");
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(get(client, "http://127.0.0.1:" + port + "/", 0, LONG))
                .startsWith("UNREACHABLE: cannot connect to 127.0.0.1:" + port + ": ")
                .contains("refused");
        try (ServerSocket liar = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> {
                try (Socket peer = liar.accept()) {
                    peer.getInputStream().read(new byte[1000]);
                    peer.getOutputStream().write("SSH-2.0-OpenSSH\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    seen.add(e.toString());
                }
            });
            assertThat(get(client, "http://127.0.0.1:" + liar.getLocalPort() + "/", 0, LONG))
                    .startsWith("UNREACHABLE: the answer is no HTTP");
        }
    }

    @Test
    void redirectsAreFollowedWithoutCredentialsForOthers() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.createContext("/there", exchange -> {
            seen.add("other " + exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, 200, "b 1\n");
            exchange.close();
        });
        other.start();
        on("/here", exchange -> {
            exchange.getResponseHeaders().set("Location", "/next");
            answer(exchange, 302, "");
        });
        on("/next", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + other.getAddress().getPort() + "/there");
            answer(exchange, 307, "");
        });
        on("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            answer(exchange, 301, "");
        });
        HttpOptions options = new HttpOptions(
                ScrapeTls.DEFAULT,
                () -> CompletableFuture.completedStage("Bearer secret"),
                ProxyRules.DIRECT,
                true,
                ConfiguredHeaders.NONE);
        assertThat(get(client(options), url("/here"), 0, LONG)).isEqualTo(": b 1\n");
        assertThat(seen).hasSize(3);
        assertThat(seen.get(1)).endsWith("/next Bearer secret");
        assertThat(seen.get(2)).isEqualTo("other null");
        assertThat(get(client(options), url("/loop"), 0, LONG)).isEqualTo("UNREACHABLE: stopped after 10 redirects");
        other.stop(0);
    }

    @Test
    void aProxyIsAskedWithTheWholeUrl() throws Exception {
        on(
                "/",
                exchange -> answer(
                        exchange,
                        200,
                        exchange.getRequestURI() + " "
                                + exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
        String proxy = "http://me:pw@127.0.0.1:" + server.getAddress().getPort();
        HttpOptions options = new HttpOptions(
                ScrapeTls.DEFAULT,
                RequestAuthorization.NONE,
                ProxyRules.of(proxy, "direct.example", Map.of()),
                true,
                ConfiguredHeaders.NONE);
        assertThat(get(client(options), "http://target.example/metrics", 0, LONG))
                .isEqualTo(": http://target.example/metrics Basic bWU6cHc=");
        assertThat(get(client(options), "http://direct.example.invalid./", 0, LONG))
                .startsWith(": http://direct");
    }

    @Test
    void hostsToGoToDirectlyAreKnownByNamesAddressesAndNetworks() {
        ProxyRules rules = ProxyRules.of("http://proxy:1", "a.example,.b.example,10.0.0.0/8,c.example:81", Map.of());
        assertThat(List.of("a.example:80", "x.a.example:80", "x.b.example:80", "10.1.2.3:80", "c.example:81"))
                .allMatch(host -> rules.proxyFor(Origin.of(URI.create("http://" + host))) == null);
        assertThat(List.of("ba.example:80", "b.example:80", "11.1.2.3:80", "c.example:80"))
                .allMatch(host -> rules.proxyFor(Origin.of(URI.create("http://" + host))) != null);
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            TargetClient client = client(HttpOptions.DEFAULT);
            CompletableFuture<FetchResult> result = new CompletableFuture<>();
            client.get(
                    new FetchRequest(
                            URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), Map.of(), LONG, 0, 1000),
                    result::complete);
            silent.accept();
            client.close();
            assertThat(result.get(30, TimeUnit.SECONDS))
                    .isEqualTo(new FetchResult.Failed(FetchResult.Reason.STOPPED, "the target is scraped no more"));
        }
        assertThat(context.budget.used()).isZero();
    }
}
