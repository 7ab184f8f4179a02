package io.lightvessel.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.http.HttpOptions;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.gateway.testing.ManualTimer;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Timer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDiscoveryTest extends DiscoveryContract {

    private static Transport transport;

    private record Answer(int status, String type, String body) {}

    /** When the server is asked; how long it may take is measured with a real clock. */
    private final ManualTimer timer = new ManualTimer();

    private final Timer clock = new TestContext("prometheus", 1).timer();
    private final ByteBudget budget = new ByteBudget(64 << 20);
    private final BlockingQueue<Headers> asked = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile Answer answer = new Answer(200, "application/json", "[]");
    private Answer kept = answer;

    @BeforeAll
    static void begin() {
        transport = new Transport(1);
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders());
            Answer now = answer;
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", now.type());
            exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @AfterAll
    static void end() {
        transport.close();
    }

    @Override
    protected Discovery discovery() {
        return discovery("/targets");
    }

    @Override
    protected Set<String> publish(int targets) {
        Set<String> addresses =
                IntStream.range(0, targets).mapToObj(i -> "host-" + i + ":1").collect(Collectors.toSet());
        answer = new Answer(
                200,
                "application/json; charset=utf-8",
                addresses.stream()
                        .map(address -> "{\"targets\": [\"" + address + "\"]}")
                        .collect(Collectors.joining(",", "[", "]")));
        return addresses;
    }

    @Override
    protected boolean breakSource() {
        kept = answer;
        answer = new Answer(503, "text/plain", "down");
        return true;
    }

    @Override
    protected void repairSource() {
        answer = kept;
    }

    @Override
    protected void lookAgain() {
        timer.advance(Duration.ofSeconds(30));
    }

    @Test
    void theServerIsToldHowOftenItIsAsked() throws InterruptedException {
        publish(1);
        Heard heard = start("/targets?token=s3cret");
        heard.await(() -> !heard.targets().isEmpty(), () -> {});
        Headers headers = asked.poll(10, TimeUnit.SECONDS);
        assertThat(headers).isNotNull();
        assertThat(headers.getFirst("X-Prometheus-Refresh-Interval-Seconds")).isEqualTo("30.0");
        assertThat(headers.getFirst("Accept")).isEqualTo("application/json");
        assertThat(heard.targets().get("host-0:1")).containsEntry("__meta_url", url("/targets?token=s3cret"));
        assertThat(heard.sources().toString()).doesNotContain("s3cret");
    }

    @Test
    void answersThatAreNoListAreProblems() {
        for (Map.Entry<Answer, String> wrong : Map.of(
                        new Answer(404, "text/plain", "no"), "server returned HTTP status 404 Not Found",
                        new Answer(200, "text/html", "[]"), "Content-Type 'text/html' (expected: application/json)",
                        new Answer(200, "application/json", "[{\"targets\": [1]}]"),
                                "line 1: group 0: a number (expected: host:port)",
                        new Answer(200, "application/json", ""), "line 1: the end (expected: a list of target groups)")
                .entrySet()) {
            answer = wrong.getKey();
            Heard heard = start("/x?token=s3cret");
            heard.await(() -> heard.problem() != null, () -> {});
            assertThat(heard.problem()).isEqualTo(url("/x?...") + ": " + wrong.getValue());
        }
    }

    @Test
    void whatWasPaidForAnAnswerIsGivenBack() {
        publish(2);
        Heard heard = start("/targets");
        heard.await(() -> !heard.targets().isEmpty(), () -> {});
        heard.await(() -> budget.used() == 0, () -> {});
    }

    private Heard start(String path) {
        Heard heard = new Heard();
        discovery(path).start(heard);
        return heard;
    }

    private Discovery discovery(String path) {
        return new HttpDiscovery(
                URI.create(url(path)),
                Duration.ofSeconds(30),
                new TargetClient(transport, clock, budget, HttpOptions.DEFAULT),
                timer,
                Thread::startVirtualThread);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
