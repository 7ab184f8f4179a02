package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.testing.ControlPlaneTest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Signs in as a browser does, following every redirect by hand. */
@ControlPlaneTest
class SignInIT {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @LocalServerPort
    private int port;

    @Autowired
    private LightvesselSettings settings;

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Test
    void thePasswordOfThePrivateFileOpensTheConsole() throws Exception {
        List<String> account = Files.readAllLines(settings.dataDir().resolve("sign-in"));

        HttpResponse<String> page = follow(get("/test/whoami"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Sign in</h1>");

        HttpResponse<String> arrived = follow(signIn(page.body(), account.get(0), account.get(1)));
        assertThat(arrived.uri().getPath()).isEqualTo("/test/whoami");
        assertThat(arrived.body()).isEqualTo("{\"name\":\"demo\",\"tenants\":[\"demo\"]}");
    }

    @Test
    void signingOutEndsTheSessionAtTheProviderToo() throws Exception {
        List<String> account = Files.readAllLines(settings.dataDir().resolve("sign-in"));
        HttpResponse<String> page = follow(get("/test/whoami"));
        follow(signIn(page.body(), account.get(0), account.get(1)));
        assertThat(get("/test/whoami").statusCode()).isEqualTo(200);

        HttpResponse<String> left = post("/logout", "");
        assertThat(left.headers().firstValue("Location").orElseThrow()).contains("/connect/logout?id_token_hint=");
        assertThat(follow(left).uri()).hasPath("/");
        assertThat(follow(get("/test/whoami")).body()).contains("<h1>Sign in</h1>");
    }

    @Test
    void theProviderIsAskedWithProofKeyAndState() throws Exception {
        HttpResponse<String> start = get(SignIn.START);

        assertThat(start.statusCode()).isEqualTo(302);
        assertThat(start.headers().firstValue("Location").orElseThrow())
                .startsWith("http://127.0.0.1:" + port + "/oauth2/authorize?response_type=code&client_id=lightvessel")
                .contains("code_challenge_method=S256", "state=", "nonce=");
    }

    @Test
    void aWrongPasswordIsRefusedOnTheSamePage() throws Exception {
        HttpResponse<String> page = follow(get("/test/whoami"));

        HttpResponse<String> refused = follow(signIn(page.body(), "demo", "guess"));
        assertThat(refused.uri().toString()).endsWith("/identity/sign-in?error");
        assertThat(refused.body()).contains("User or password is wrong.");
    }

    @Test
    void beingKnownToTheProviderIsNotYetBeingSignedIn() throws Exception {
        List<String> account = Files.readAllLines(settings.dataDir().resolve("sign-in"));
        HttpResponse<String> page = follow(get("/test/whoami"));

        signIn(page.body(), account.get(0), account.get(1));

        assertThat(get("/test/whoami").statusCode()).isEqualTo(302);
    }

    @Test
    void filesWithSecretsAreTheirOwnersAlone() throws Exception {
        for (String file : List.of("sign-in", "api-token", "keys/openid.json", "keys/postgres")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(settings.dataDir().resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    private HttpResponse<String> signIn(String page, String user, String password) throws Exception {
        Matcher csrf = CSRF.matcher(page);
        assertThat(csrf.find()).isTrue();
        String form =
                "_csrf=%s&username=%s&password=%s".formatted(encoded(csrf.group(1)), encoded(user), encoded(password));
        return post("/identity/sign-in", form);
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "text/html, */*")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port).resolve(path))
                        .header("Accept", "text/html, */*")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> follow(HttpResponse<String> response) throws IOException, InterruptedException {
        HttpResponse<String> current = response;
        for (int hops = 0; current.statusCode() == 302 && hops < 12; hops++) {
            URI next = current.uri()
                    .resolve(current.headers().firstValue("Location").orElseThrow());
            current = browser.send(
                    HttpRequest.newBuilder(next)
                            .header("Accept", "text/html, */*")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
        return current;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
