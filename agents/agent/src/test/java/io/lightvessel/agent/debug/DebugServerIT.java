package io.lightvessel.agent.debug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.agent.engine.AgentEngine;
import io.lightvessel.agent.link.ManagedEngine.Outcome;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Environment;
import io.lightvessel.gateway.GatewayComponents;
import io.lightvessel.pipeline.Engine;
import io.lightvessel.pipeline.EngineOptions;
import io.lightvessel.wire.opamp.AgentDescription;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DebugServerIT {
    private static final String TOKEN = "correct-horse-battery";
    private static final String YAML = """
            receivers: { otlp: { protocols: { http: { endpoint: 127.0.0.1:0 } } } }
            processors: { batch: { timeout: 10ms } }
            exporters:
              debug:
              otlphttp: { endpoint: "http://127.0.0.1:9", headers: { authorization: very-secret } }
            service:
              pipelines:
                logs: { receivers: [otlp], processors: [batch], exporters: [debug] }
                traces: { receivers: [otlp], exporters: [debug, otlphttp] }
            """;

    private final GatewayComponents components = GatewayComponents.create();
    private final AgentEngine engine = new AgentEngine(
            Engine.create(EngineOptions.defaults("1", "i"), components.factories()),
            Environment.of(Map.of()),
            byProtocol -> AgentDescription.getDefaultInstance(),
            Instant.now());
    private final HttpClient client = HttpClient.newHttpClient();
    private DebugServer server;

    @BeforeEach
    void open() throws IOException {
        server = open(Map.of());
    }

    @AfterEach
    void close() {
        server.close();
        // Not close: that would wait for streams a failed test left open.
        client.shutdownNow();
        engine.close();
        components.close();
    }

    @Test
    void graphLedgerAndStatusTellWhatFlows() throws Exception {
        run();
        get("graph");
        send("shop", "payment accepted");
        awaitDelivered();
        assertThat(get("graph").body())
                .contains("\"id\":\"logs\"", "\"kind\":\"processor\",\"id\":\"batch\",\"health\":{\"status\":\"ok\"")
                .contains("\"from\":\"receiver/otlp\",\"to\":\"processor/batch\",\"records\":1,");
        assertThat(get("ledger").body())
                .contains("\"pipeline\":\"logs\",\"received\":{\"records\":1,")
                .contains("\"difference\":{\"records\":0,\"bytes\":0},\"balanced\":true");
        assertThat(get("status").body())
                .contains("\"name\":\"gateway-1\"", "\"service\":\"shop\"", "\"budget\":{\"used\":0,\"capacity\":")
                .contains("\"topic\":\"config\",\"healthy\":true");
    }

    @Test
    void withoutAConfigThereIsNothingToShowYet() throws Exception {
        assertThat(get("graph").body()).contains("\"pipelines\":[],\"extensions\":[]");
        assertThat(get("status").body()).contains("\"configured\":false");
    }

    @Test
    void aComponentShowsItsArgumentsWithoutSecrets() throws Exception {
        run();
        HttpResponse<String> answer = get("components/exporter/otlphttp");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"path\":\"headers::authorization\",\"value\":\"[REDACTED]\"")
                .contains("\"path\":\"timeout\",\"value\":\"30s\",\"default\":true")
                .contains("\"doc\":\"Longest time for one attempt.\"")
                .doesNotContain("very-secret");
        assertThat(get("components/receiver/otlp").body()).contains("\"endpoints\":{\"http\":\"127.0.0.1:");
        assertThat(get("components/exporter/loki").body())
                .isEqualTo("{\"title\":\"Not found\",\"status\":404,"
                        + "\"detail\":\"The config in force has no exporter loki.\"}");
        assertThat(get("components/gizmo/otlp").statusCode()).isEqualTo(404);
        assertThat(get("components/exporter/%2e%2e%2fetc").statusCode()).isEqualTo(404);
    }

    @Test
    void theTailShowsRecordsThatMatch() throws Exception {
        run();
        try (EventReader events = new EventReader(tail("severity%3E%3Dwarn+service.name%3Dshop"))) {
            assertThat(events.next()).startsWith("counts {\"payloads\":0,");
            send("cart", "not this one");
            send("shop", "payment refused");
            String records = events.next("records");
            assertThat(records)
                    .contains("\"title\":\"payment refused\",\"severityNumber\":13,\"severityText\":\"WARN\"")
                    .contains("\"attributes\":[[\"order.id\",\"7\"]],\"resource\":[[\"service.name\",\"shop\"]]")
                    .doesNotContain("not this one");
            String counts = events.next("counts");
            assertThat(counts).contains("\"records\":2,\"missedPayloads\":0,\"decoded\":2,\"matched\":1,\"shown\":1");
        }
        awaitDelivered();
        assertThat(get("ledger").body()).contains("\"balanced\":true").doesNotContain("\"balanced\":false");
    }

    @Test
    void aTailThatMakesNoSenseIsRefusedWithTheReason() throws Exception {
        run();
        assertThat(get("tail?pipeline=logs&edge=x").body())
                .contains("edge: x (expected: FROM->TO, such as receiver/otlp->exporter/otlphttp)");
        assertThat(get("tail?pipeline=logs&edge=a-%3Eb").body())
                .contains("The pipeline logs has no connection from a to b.");
        assertThat(get("tail?pipeline=nonsense&edge=a-%3Eb").statusCode()).isEqualTo(400);
        assertThat(get("tail?pipeline=logs&edge=a-%3Eb&limit=501").body())
                .contains("limit: 501 (expected: records per second, 1..500)");
        assertThat(get("tail?pipeline=logs&edge=a-%3Eb&filter=severity%3E%3Dloud")
                        .body())
                .contains("filter: severity>=loud");
    }

    @Test
    void onlySoManyTailsAreOpenAndClosedOnesMakeRoom() throws Exception {
        run();
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < TailStream.MOST_SESSIONS; i++) {
            open.add(tail(""));
        }
        String path = "tail?pipeline=logs&edge=receiver/otlp-%3Eprocessor/batch";
        HttpResponse<String> refused = get(path);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("4 live tails are open on this agent already. Close one of them.");
        open.removeFirst().close();
        // The server learns of it when it writes the next counts.
        for (InputStream again = null; again == null; Thread.sleep(50)) {
            HttpResponse<InputStream> answer =
                    client.send(request("/api/v1/" + path).build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                again = answer.body();
                open.add(again);
            } else {
                answer.body().close();
            }
        }
        for (InputStream stream : open) {
            stream.close();
        }
    }

    @Test
    void onLoopbackOnlyNamesOfThisMachineAreAnswered() throws Exception {
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: rebound.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("ask for localhost or 127.0.0.1, not for rebound.example:80.");
        assertThat(raw("GET /api/v1/status HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 421 ");
        for (String host : List.of("localhost:" + server.port(), "127.0.0.1", "[::1]:1", "LOCALHOST")) {
            assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void scriptsOfOtherSitesAreNotAnswered() throws Exception {
        HttpRequest foreign = request("/api/v1/status")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", "no-cors")
                .build();
        HttpResponse<String> answer = client.send(foreign, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        HttpResponse<String> ours = get("status");
        assertThat(ours.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(ours.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(ours.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'; script-src 'self';")
                .doesNotContain("unsafe");
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            HttpResponse<String> answer = client.send(
                    request("/api/v1/graph")
                            .method(method, HttpRequest.BodyPublishers.ofString("x"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
        }
    }

    @Test
    void filesComeFromTheJarAndAreKnownByTheirTag() throws Exception {
        HttpResponse<String> page = page("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).doesNotContain("http://", "https://", "onclick", "<style", " style=");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                client.send(request("/").header("If-None-Match", tag).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        for (String path : List.of("/../DebugServer.class", "/DebugServer.class", "/%2e%2e/secret", "/app.js/")) {
            assertThat(page(path).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void withATokenNothingIsShownToWhoHasNone() throws Exception {
        server.close();
        server = open(Map.of(DebugSettings.TOKEN, TOKEN));
        run();
        for (String path : List.of(
                "graph", "ledger", "status", "components/exporter/otlphttp", "tail?pipeline=logs&edge=a-%3Eb")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
        assertThat(page("/").statusCode()).isEqualTo(303);
        assertThat(page("/").headers().firstValue("Location")).hasValue("/sign-in");
        assertThat(bearer("Bearer " + TOKEN)).isEqualTo(200);
        assertThat(bearer("Bearer " + TOKEN + "x")).isEqualTo(401);
        assertThat(bearer("Basic " + TOKEN)).isEqualTo(401);
    }

    @Test
    void theTokenIsExchangedForACookieThatScriptsCannotRead() throws Exception {
        server.close();
        server = open(Map.of(DebugSettings.TOKEN, TOKEN));
        HttpResponse<String> signedIn = signIn(TOKEN);
        assertThat(signedIn.statusCode()).isEqualTo(303);
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .matches(
                        "lightvessel_debug_[0-9a-f]{8}=\\d+\\.[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200")
                .doesNotContain(TOKEN);
        String shown = cookie.substring(0, cookie.indexOf(';'));
        assertThat(withCookie(shown)).isEqualTo(200);
        assertThat(withCookie("a=b; " + shown)).isEqualTo(200);
        assertThat(withCookie(shown.replaceFirst("=\\d", "=9"))).isEqualTo(401);
        assertThat(withCookie(shown.substring(0, shown.indexOf('=') + 1) + TOKEN))
                .isEqualTo(401);
        assertThat(withCookie(shown.substring(0, shown.indexOf('=') + 1) + ".")).isEqualTo(401);
    }

    @Test
    void manyWrongTokensEndSigningInForAWhileButNotThoseWhoAreIn() throws Exception {
        server.close();
        server = open(Map.of(DebugSettings.TOKEN, TOKEN));
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> wrong = signIn("guess-" + i);
            assertThat(wrong.statusCode()).isEqualTo(401);
            assertThat(wrong.body()).contains("That is not this agent's token.").doesNotContain("guess-");
        }
        assertThat(signIn(TOKEN).statusCode()).isEqualTo(429);
        assertThat(bearer("Bearer " + TOKEN)).isEqualTo(200);
    }

    @Test
    void aSignInThatIsTooLargeIsNotRead() throws Exception {
        server.close();
        server = open(Map.of(DebugSettings.TOKEN, TOKEN));
        assertThat(signIn("x".repeat(5000)).statusCode()).isEqualTo(413);
    }

    @Test
    void beyondLoopbackAnyNameWillDoForWhoHasTheToken() throws Exception {
        server.close();
        server = open(Map.of(DebugSettings.TOKEN, TOKEN, DebugSettings.ENDPOINT, "0.0.0.0:0"));
        String request = "GET /api/v1/status HTTP/1.1\r\nHost: gateway-0.gateway:12345\r\nConnection: close\r\n";
        assertThat(raw(request + "\r\n")).startsWith("HTTP/1.1 401 ");
        assertThat(raw(request + "Authorization: Bearer " + TOKEN + "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    private DebugServer open(Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent(DebugSettings.ENDPOINT, "127.0.0.1:0");
        AboutAgent about =
                new AboutAgent("gateway-1", "i", "1.0", "", Instant.now(), () -> Map.of("config", Optional.empty()));
        return DebugServer.open(DebugSettings.of(all).orElseThrow(), engine, about, Clock.systemUTC());
    }

    private void run() {
        assertThat(engine.apply(YAML.getBytes(UTF_8))).isEqualTo(new Outcome.Applied());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return page("/api/v1/" + path);
    }

    private HttpResponse<String> page(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private InputStream tail(String filter) throws Exception {
        HttpResponse<InputStream> answer = client.send(
                request("/api/v1/tail?pipeline=logs&edge=receiver/otlp-%3Eprocessor/batch&filter=" + filter)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        return answer.body();
    }

    private void send(String service, String body) throws Exception {
        String http = engine.endpoints().get(ComponentId.of("otlp")).get("http");
        String json = """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
                "scopeLogs":[{"logRecords":[{"severityNumber":13,"severityText":"WARN","body":{"stringValue":"%s"},
                "attributes":[{"key":"order.id","value":{"intValue":"7"}}]}]}]}]}""".formatted(service, body);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://" + http + "/v1/logs"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private void awaitDelivered() throws InterruptedException {
        while (engine.flowSnapshot().pipelines().stream()
                        .anyMatch(ledger -> !ledger.queued().isZero())
                || engine.budget().used() != 0) {
            Thread.sleep(10);
        }
    }

    private int bearer(String authorization) throws Exception {
        return client.send(
                        request("/api/v1/status")
                                .header("Authorization", authorization)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private int withCookie(String cookie) throws Exception {
        return client.send(
                        request("/api/v1/status").header("Cookie", cookie).build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> signIn(String token) throws Exception {
        return client.send(
                request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
