package io.lightvessel.gateway.scrape.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens from a real server, for as long as they are good. */
class OAuth2TokensTest {
    @TempDir
    Path directory;

    private final ClientKit kit = new ClientKit();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer tokens;
    private HttpServer target;
    private volatile int status = 200;
    private volatile String answer = "{\"token_type\":\"bearer\",\"expires_in\":100,\"access_token\":\"t%d\"}";
    /** The tokens that the target takes. */
    private volatile String good = "Bearer .*";

    private volatile boolean stalls;

    @BeforeEach
    void start() throws IOException {
        tokens = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        serveTokens(tokens);
        target = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        target.createContext("/", exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(shown);
            ClientKit.answer(exchange, shown.matches(good) ? 200 : 401, "a 1\n");
        });
        target.start();
    }

    private void serveTokens(HttpServer server) {
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/token", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (stalls) {
                stall(exchange);
            } else {
                ClientKit.answer(exchange, status, answer.formatted(asked.size()));
            }
        });
        server.start();
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        stalled.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        end.countDown();
        kit.close();
        tokens.stop(0);
        target.stop(0);
    }

    private HttpOptions options(String more) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "s:1\n");
        return ClientKit.options(
                "oauth2: {client_id: me, client_secret_file: %s, token_url: 'http://127.0.0.1:%d/token'%s}"
                        .formatted(secret, tokens.getAddress().getPort(), more),
                kit.clock);
    }

    private String url() {
        return "http://127.0.0.1:" + target.getAddress().getPort() + "/metrics";
    }

    @Test
    void aTokenServesAllTargetsOfTheJobUntilItExpires() throws Exception {
        HttpOptions options = options(", scopes: [a, b], endpoint_params: {audience: 'x&y'}");
        TargetClient one = kit.client(options);
        TargetClient two = kit.client(options);
        CompletableFuture<String> first = kit.start(one, url());
        assertThat(kit.get(two, url())).isEqualTo("a 1\n");
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("a 1\n");
        kit.clock.advance(Duration.ofSeconds(80));
        assertThat(kit.get(one, url())).isEqualTo("a 1\n");
        // me:s%3A1, as RFC 6749, 2.3.1, has it.
        assertThat(asked).containsExactly("Basic bWU6cyUzQTE= grant_type=client_credentials&scope=a+b&audience=x%26y");
        kit.clock.advance(Duration.ofSeconds(15));
        assertThat(kit.get(two, url())).isEqualTo("a 1\n");
        assertThat(kit.get(one, url())).isEqualTo("a 1\n");
        assertThat(asked).hasSize(2);
        assertThat(seen).containsExactly("Bearer t1", "Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2");
        assertThat(kit.budgetUsed()).isZero();
    }

    @Test
    void aTokenThatTargetsRefuseIsRenewedOnce() throws Exception {
        HttpOptions options = options("");
        TargetClient one = kit.client(options);
        TargetClient two = kit.client(options);
        assertThat(kit.get(one, url())).isEqualTo("a 1\n");
        good = "Bearer t2";
        kit.clock.advance(Duration.ofSeconds(60));
        assertThat(kit.get(one, url())).isEqualTo("a 1\n");
        assertThat(kit.get(two, url())).isEqualTo("a 1\n");
        assertThat(asked).hasSize(2);
        assertThat(seen).containsExactly("Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2");
    }

    /** One that refuses everything must not cost the others their token, nor the token server its peace. */
    @Test
    void aTargetThatRefusesAllTokensDoesNotAskForOneEachTime() throws Exception {
        TargetClient client = kit.client(options(", endpoint_params: {}"));
        good = "none";
        for (int scrape = 0; scrape < 5; scrape++) {
            assertThat(kit.get(client, url())).isEqualTo("UNREACHABLE: server returned HTTP status 401 Unauthorized");
        }
        assertThat(asked).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aTokenServerThatIsDownIsAskedAgainSoonButNotByEveryTarget() throws Exception {
        HttpOptions options = options("");
        TargetClient client = kit.client(options);
        status = 503;
        String expected = "UNREACHABLE: no credentials: the token server answered 503 (expected: 200 with a token)";
        assertThat(kit.get(client, url())).isEqualTo(expected);
        assertThat(kit.get(kit.client(options), url())).isEqualTo(expected);
        assertThat(asked).hasSize(1);
        assertThat(seen).isEmpty();
        status = 200;
        kit.clock.advance(Duration.ofSeconds(2));
        assertThat(kit.get(client, url())).isEqualTo("a 1\n");
        tokens.stop(0);
        kit.clock.advance(Duration.ofSeconds(95));
        assertThat(kit.get(client, url())).startsWith("UNREACHABLE: no credentials: ");
        assertThat(kit.budgetUsed()).isZero();
    }

    /** The JDK's timeout ends with the head of an answer. */
    @Test
    void aTokenServerThatStallsDoesNotHoldUpTheJobForGood() throws Exception {
        TargetClient client = kit.client(options(""));
        stalls = true;
        CompletableFuture<String> result = kit.start(client, url());
        assertThat(stalled.await(20, TimeUnit.SECONDS)).isTrue();
        kit.clock.advance(Duration.ofSeconds(11));
        assertThat(result.get(5, TimeUnit.SECONDS))
                .startsWith("UNREACHABLE: no credentials: ")
                .contains("10 s");
        stalls = false;
        kit.clock.advance(Duration.ofSeconds(2));
        assertThat(kit.get(client, url())).isEqualTo("a 1\n");
    }

    @Test
    void answersWithoutATokenAreSaidWithoutWhatIsInThem() throws Exception {
        TargetClient client = kit.client(options(""));
        for (String bad : List.of(
                "",
                "[]",
                "{\"access_token\":null}",
                "{\"access_token\":{\"a\":1}}",
                "{\"expires_in\":\"soon\"}",
                "{",
                "topsecret")) {
            answer = bad;
            kit.clock.advance(Duration.ofSeconds(2));
            assertThat(kit.get(client, url()))
                    .as(bad)
                    .startsWith("UNREACHABLE: no credentials: the token server's answer")
                    .doesNotContain("soon", "secret");
        }
        answer = "x".repeat(70_000);
        kit.clock.advance(Duration.ofSeconds(2));
        assertThat(kit.get(client, url()))
                .startsWith("UNREACHABLE: no credentials: ")
                .hasSizeLessThan(200);
        assertThat(seen).isEmpty();
    }

    @Test
    void aTokenServerIsAskedThroughItsProxy() throws Exception {
        List<String> throughProxy = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", exchange -> {
            throughProxy.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            ClientKit.answer(exchange, 200, "{\"access_token\":\"by-proxy\"}");
        });
        proxy.start();
        String job = "oauth2: {client_id: me, client_secret: s, token_url: 'http://tokens.invalid/token', proxy_url: "
                + "'http://127.0.0.1:%d'%s}";
        try {
            assertThat(kit.get(kit.client(job.formatted(proxy.getAddress().getPort(), "")), url()))
                    .isEqualTo("a 1\n");
            assertThat(throughProxy).containsExactly("POST http://tokens.invalid/token");
            assertThat(seen).as("the target is not").containsExactly("Bearer by-proxy");

            String not = ", no_proxy: tokens.invalid";
            assertThat(kit.get(kit.client(job.formatted(proxy.getAddress().getPort(), not)), url()))
                    .startsWith("UNREACHABLE: no credentials: ");
            assertThat(throughProxy).hasSize(1);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void theTokenServersTlsVersionsAreThoseOfItsOwnSettings() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=tokens")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        List<String> spoken = new CopyOnWriteArrayList<>();
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        secure.createContext("/token", exchange -> {
            spoken.add(((HttpsExchange) exchange).getSSLSession().getProtocol());
            ClientKit.answer(exchange, 200, "{\"access_token\":\"t\"}");
        });
        secure.start();
        String job = "oauth2: {client_id: me, client_secret: s, token_url: 'https://localhost:"
                + secure.getAddress().getPort() + "/token', tls_config: {insecure_skip_verify: true%s}}";
        try {
            for (String versions : List.of("", ", max_version: TLS12", ", min_version: TLS13")) {
                assertThat(kit.get(kit.client(job.formatted(versions)), url())).isEqualTo("a 1\n");
            }
            assertThat(spoken).containsExactly("TLSv1.3", "TLSv1.2", "TLSv1.3");
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void aTokenServerBehindTlsIsTrustedAsItsOwnSettingsSay() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=tokens")
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        serveTokens(secure);
        Path ca = Files.writeString(directory.resolve("ca.pem"), certificate.getCertificatePEM());
        String job = "oauth2: {client_id: me, client_secret: s, token_url: 'https://%s:"
                + secure.getAddress().getPort() + "/token', tls_config: {%s}}";
        assertThat(kit.get(kit.client(job.formatted("localhost", "ca_file: " + ca)), url()))
                .isEqualTo("a 1\n");
        assertThat(kit.get(kit.client(job.formatted("127.0.0.1", "ca_file: " + ca)), url()))
                .startsWith("UNREACHABLE: no credentials: ");
        assertThat(kit.get(kit.client(job.formatted("127.0.0.1", "insecure_skip_verify: true")), url()))
                .isEqualTo("a 1\n");
        secure.stop(0);
    }
}
