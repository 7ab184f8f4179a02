package io.lightvessel.gateway.scrape.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.pipeline.ComponentFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target is shown of a job's secrets, and who else is not. */
class TargetCredentialsTest {
    @TempDir
    Path directory;

    private final ClientKit kit = new ClientKit();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer target;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        target = server("target");
        other = server("other");
    }

    private HttpServer server(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            seen.add(name + path + " " + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().get("X-Scope"));
            if (path.startsWith("/to-")) {
                exchange.getResponseHeaders().set("Location", next(path));
                ClientKit.answer(exchange, 302, "");
            } else {
                ClientKit.answer(exchange, 200, "a 1\n");
            }
        });
        server.start();
        return server;
    }

    /** {@code /to-other/to-target/x} leads to the other server's {@code /to-target/x}, and so on. */
    private String next(String path) {
        int rest = path.indexOf('/', 1);
        return url(path.startsWith("/to-other") ? other : target, path.substring(rest));
    }

    private static String url(HttpServer server, String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @AfterEach
    void stop() {
        kit.close();
        target.stop(0);
        other.stop(0);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void changedFilesCountForTheNextScrape() throws Exception {
        TargetClient basic = kit.client("basic_auth: {username: me, password_file: %s}".formatted(file("pw", "one\n")));
        TargetClient header =
                kit.client("authorization: {type: Token, credentials_file: %s}".formatted(file("token", " t1 \n")));
        TargetClient scoped =
                kit.client("http_headers: {X-Scope: {values: [a], files: [%s]}}".formatted(file("scope", "s1\n")));
        for (TargetClient client : List.of(basic, header, scoped)) {
            assertThat(kit.get(client, url(target, "/m"))).isEqualTo("a 1\n");
        }
        file("pw", "a longer one\n");
        file("token", "token2\n");
        file("scope", "scope2\n");
        kit.clock.advance(Duration.ofSeconds(2));
        for (TargetClient client : List.of(basic, header, scoped)) {
            assertThat(kit.get(client, url(target, "/m"))).isEqualTo("a 1\n");
        }
        assertThat(seen)
                .containsExactly(
                        "target/m " + basic("me:one") + " null",
                        "target/m Token t1 null",
                        "target/m null [a, s1]",
                        "target/m " + basic("me:a longer one") + " null",
                        "target/m Token token2 null",
                        "target/m null [a, scope2]");
        assertThat(kit.budgetUsed()).isZero();
    }

    @Test
    void aFileThatIsAwayLeavesWhatWasKnown() throws Exception {
        Path token = file("token", "t1");
        TargetClient client = kit.client("authorization: {credentials_file: %s}".formatted(token));
        Files.delete(token);
        kit.clock.advance(Duration.ofSeconds(2));
        kit.get(client, url(target, "/m"));
        assertThat(seen).containsExactly("target/m Bearer t1 null");
        assertThatThrownBy(() -> kit.client("authorization: {credentials_file: %s}".formatted(token)))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void whoeverATargetPointsToSeesNoSecret() throws Exception {
        TargetClient client =
                kit.client("basic_auth: {username: me, password: secret}, http_headers: {X-Scope: {secrets: [s]}}");
        assertThat(kit.get(client, url(target, "/to-target/to-other/m"))).isEqualTo("a 1\n");
        String shown = basic("me:secret") + " [s]";
        assertThat(seen)
                .containsExactly(
                        "target/to-target/to-other/m " + shown, "target/to-other/m " + shown, "other/m null null");
    }

    /** Whoever a target points to must not choose what of the target is asked with the job's secrets. */
    @Test
    void awayAndBackStaysWithoutSecrets() throws Exception {
        TargetClient client =
                kit.client("basic_auth: {username: me, password: secret}, http_headers: {X-Scope: {secrets: [s]}}");
        assertThat(kit.get(client, url(target, "/to-other/to-target/m"))).isEqualTo("a 1\n");
        assertThat(seen.getLast()).isEqualTo("target/m null null");
        assertThat(kit.get(client, url(target, "/m"))).isEqualTo("a 1\n");
        assertThat(seen.getLast()).isEqualTo("target/m " + basic("me:secret") + " [s]");
    }

    @Test
    void redirectsAreNotFollowedWhenTheJobSaysSo() throws Exception {
        TargetClient client = kit.client("follow_redirects: false");
        assertThat(kit.get(client, url(target, "/to-other/m")))
                .isEqualTo("UNREACHABLE: server returned HTTP status 302 Temporary Redirect");
        assertThat(seen).hasSize(1);
    }

    @Test
    void aSecretThatIsNoHeaderIsNotRepeated() throws Exception {
        TargetClient client =
                kit.client("authorization: {credentials_file: %s}".formatted(file("token", "top\nsecret")));
        assertThat(kit.get(client, url(target, "/m"))).isEqualTo("UNREACHABLE: a configured header cannot be sent");
        assertThat(seen).isEmpty();
        assertThat(kit.budgetUsed()).isZero();
    }
}
