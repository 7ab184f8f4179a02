package io.lightvessel.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.gateway.testing.ExtensionTestContext;
import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.ServerAuthenticator;
import io.lightvessel.pipeline.ServerAuthenticator.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCrypt;

class AuthTest {

    @TempDir
    Path directory;

    private final ExtensionTestContext context = new ExtensionTestContext();

    @Test
    void aBearerTokenIsDemandedAsItStands() throws Exception {
        ServerAuthenticator tokens = server(new BearerTokenFactory(), "bearertokenauth", "{tokens: [one, two]}");
        assertThat(ask(tokens, "authorization", "Bearer two")).isEqualTo(new Verdict.Allowed("token 2"));
        assertThat(ask(tokens, "authorization", "Bearer tw"))
                .isEqualTo(new Verdict.Denied(
                        "the token is not known here (expected: Bearer and a token that this receiver knows)",
                        "Bearer"));
        assertThat(ask(tokens, "authorization", "two")).isInstanceOf(Verdict.Denied.class);
        assertThat(ask(tokens, "x-other", "Bearer two"))
                .isEqualTo(new Verdict.Denied(
                        "no Authorization header (expected: Bearer and a token that this receiver knows)", "Bearer"));
    }

    @Test
    void anotherHeaderAndNoSchemeArePossible() throws Exception {
        String settings = "{header: X-API-Key, scheme: '', token: k}";
        assertThat(ask(server(new BearerTokenFactory(), "bearertokenauth", settings), "x-api-key", "k"))
                .isEqualTo(new Verdict.Allowed("token 1"));
        assertThat(headersOf(new BearerTokenFactory(), "bearertokenauth", settings))
                .containsEntry("X-API-Key", "k");
    }

    @Test
    void aFileOfTokensIsReadAgainWhenItChanges() throws Exception {
        Path file = Files.writeString(directory.resolve("tokens"), "one\n\n two \n");
        ServerAuthenticator tokens = server(new BearerTokenFactory(), "bearertokenauth", "{filename: '" + file + "'}");
        assertThat(ask(tokens, "authorization", "Bearer two")).isInstanceOf(Verdict.Allowed.class);
        Files.writeString(file, "three, and longer");
        assertThat(ask(tokens, "authorization", "Bearer two")).isInstanceOf(Verdict.Allowed.class);
        context.timer.advance(Duration.ofSeconds(2));
        assertThat(ask(tokens, "authorization", "Bearer two")).isInstanceOf(Verdict.Denied.class);
        assertThat(ask(tokens, "authorization", "Bearer three, and longer")).isInstanceOf(Verdict.Allowed.class);
        Files.delete(file);
        context.timer.advance(Duration.ofSeconds(2));
        assertThat(ask(tokens, "authorization", "Bearer three, and longer")).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void aMissingFileIsAClearFailure() {
        assertThatThrownBy(() -> server(new BearerTokenFactory(), "bearertokenauth", "{filename: /no/such/file}"))
                .isInstanceOf(ComponentFailure.class)
                .hasMessage("filename: /no/such/file: no such file");
    }

    @Test
    void everyKindOfHashIsUnderstood() throws Exception {
        String bcrypt = BCrypt.hashpw("secret", BCrypt.gensalt(4));
        String lines = "ann:" + bcrypt.replace("$2a$", "$2y$") + "\n"
                + "bob:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n"
                + "# a comment\n"
                + "cid:secret\n";
        Path file = Files.writeString(directory.resolve("htpasswd"), lines);
        ServerAuthenticator users = server(new BasicAuthFactory(), "basicauth", "{htpasswd: {file: '" + file + "'}}");
        for (String name : List.of("ann", "bob", "cid")) {
            assertThat(ask(users, "authorization", basic(name, "secret"))).isEqualTo(new Verdict.Allowed(name));
            assertThat(ask(users, "authorization", basic(name, "Secret")))
                    .isEqualTo(new Verdict.Denied(
                            "the name or the password is wrong", "Basic realm=\"lightvessel\", charset=\"UTF-8\""));
        }
        assertThat(ask(users, "authorization", basic("dan", "secret"))).isInstanceOf(Verdict.Denied.class);
        assertThat(ask(users, "authorization", "Basic ???")).isInstanceOf(Verdict.Denied.class);
        assertThat(ask(users, "authorization", "Bearer x"))
                .isEqualTo(new Verdict.Denied(
                        "the Authorization header is of another scheme (expected: Basic)",
                        "Basic realm=\"lightvessel\", charset=\"UTF-8\""));
    }

    @Test
    void guessingCannotTakeTheProcessorAndThoseKnownGoOn() throws Exception {
        String bcrypt = BCrypt.hashpw("secret", BCrypt.gensalt(4));
        ServerAuthenticator users =
                server(new BasicAuthFactory(), "basicauth", "{htpasswd: {inline: 'ann:" + bcrypt + "'}}");
        assertThat(ask(users, "authorization", basic("ann", "secret"))).isInstanceOf(Verdict.Allowed.class);
        for (int i = 0; i < 20; i++) {
            ask(users, "authorization", basic("nobody" + i, "guess"));
        }
        assertThat(ask(users, "authorization", basic("ann", "guess")))
                .isEqualTo(new Verdict.Denied(
                        "too many new sign-ins at this moment (expected: at most 10 a second)",
                        "Basic realm=\"lightvessel\", charset=\"UTF-8\""));
        assertThat(ask(users, "authorization", basic("ann", "secret"))).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void aDamagedPasswordFileNamesTheLine() {
        assertThatThrownBy(() -> server(new BasicAuthFactory(), "basicauth", "{htpasswd: {inline: \"ann:x\\nbob\"}}"))
                .hasMessage("htpasswd line 2 is none (expected: name:hash)");
        assertThatThrownBy(() -> server(new BasicAuthFactory(), "basicauth", "{htpasswd: {inline: 'ann:$apr1$a$b'}}"))
                .hasMessage("htpasswd line 1 has a hash of the kind $apr1$ (expected: bcrypt, which is $2y$, {SHA},"
                        + " {SSHA} or plain text)");
    }

    @Test
    void anExporterSendsNameAndPassword() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "p:w\n");
        assertThat(headersOf(
                        new BasicAuthFactory(),
                        "basicauth",
                        "{client_auth: {username: ann, password_file: '" + password + "'}}"))
                .containsEntry("Authorization", basic("ann", "p:w"));
    }

    @Test
    void headersAreSetFromTheConfigAndFromTheClient() throws Exception {
        ClientAuthenticator setter = client(new HeadersSetterFactory(), "headers_setter", """
                {headers: [
                  {key: X-Scope-OrgID, from_context: X-Tenant, default_value: nobody},
                  {key: x-present, action: insert, value: changed},
                  {key: X-Missing, action: update, value: changed},
                  {key: X-Gone, action: delete},
                  {key: X-Only-If-Sent, from_context: x-none}]}""");
        Map<String, String> headers = new LinkedHashMap<>(Map.of("X-Present", "kept", "x-gone", "soon"));
        setter.authenticate(Metadata.of(Map.of("x-tenant", List.of("blue", "red"))), headers);
        assertThat(headers).containsOnly(Map.entry("X-Scope-OrgID", "blue"), Map.entry("X-Present", "kept"));
        setter.authenticate(Metadata.EMPTY, headers);
        assertThat(headers).containsEntry("X-Scope-OrgID", "nobody");
    }

    @Test
    void aClientCannotSmuggleALineIntoAHeader() throws Exception {
        ClientAuthenticator setter = client(
                new HeadersSetterFactory(),
                "headers_setter",
                "{headers: [{key: X-Scope-OrgID, from_context: x-tenant}]}");
        assertThatThrownBy(() -> setter.authenticate(
                        Metadata.of(Map.of("x-tenant", List.of("a\r\nX-Admin: yes"))), new LinkedHashMap<>()))
                .hasMessage(
                        "the value for the header X-Scope-OrgID has control characters (expected: one line of text)");
    }

    private Map<String, String> headersOf(ExtensionFactory factory, String type, String settings) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        client(factory, type, settings).authenticate(Metadata.EMPTY, headers);
        return headers;
    }

    private static Verdict ask(ServerAuthenticator authenticator, String header, String value) {
        return authenticator.authenticate(name -> name.equals(header) ? value : null);
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private ServerAuthenticator server(ExtensionFactory factory, String type, String settings) throws Exception {
        return (ServerAuthenticator) extension(factory, type, settings);
    }

    private ClientAuthenticator client(ExtensionFactory factory, String type, String settings) throws Exception {
        return (ClientAuthenticator) extension(factory, type, settings);
    }

    private Extension extension(ExtensionFactory factory, String type, String settings) throws ComponentFailure {
        String text = """
                receivers: {otlp: {protocols: {grpc: }}}
                exporters: {debug: }
                extensions: {%s: %s}
                service: {extensions: [%s], pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}
                """.formatted(type, settings.replace("\n", " "), type);
        ParseOutcome outcome = ConfigParser.parse(text, Environment.of(Map.of()));
        if (!(outcome instanceof ParseOutcome.Valid valid)) {
            throw new AssertionError(((ParseOutcome.Invalid) outcome).findings());
        }
        ComponentConfig config = valid.config().extensions().get(ComponentId.of(type));
        return factory.prepare(context, config.settings(), null).component();
    }
}
