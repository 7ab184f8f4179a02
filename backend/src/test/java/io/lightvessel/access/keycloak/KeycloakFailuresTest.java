package io.lightvessel.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lightvessel.access.AccessError;
import io.lightvessel.access.keycloak.KeycloakSettings.Newcomers;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.StartupRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people are told when Keycloak does not do as asked; a real one answers in {@code KeycloakMembersIT}. */
class KeycloakFailuresTest {
    private static final String TOKEN = "{\"access_token\":\"t\",\"expires_in\":300,\"token_type\":\"Bearer\"}";
    private HttpServer server;
    private int tokenStatus = 200;
    private int status = 200;
    private String body = "[]";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean token = exchange.getRequestURI().getPath().endsWith("/token");
            byte[] answer = (token ? TOKEN : body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(token ? tokenStatus : status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aKeycloakThatIsDownIsNamed() {
        String issuer = issuer();
        server.stop(0);
        failure("Looking for bea: Keycloak at %s does not answer. Nothing was changed here; try again in a moment."
                .formatted(issuer));
    }

    @Test
    void aSecretThatIsWrongIsSaidToBe() {
        tokenStatus = 401;
        failure(
                "Looking for bea: Keycloak at %s answered 401 (expected: the client lightvessel-admin with its secret and the roles manage-organizations and manage-users)."
                        .formatted(issuer()));
    }

    @Test
    void rightsThatAreMissingAreNamed() {
        status = 403;
        failure(
                "Looking for bea: Keycloak at %s answered 403 (expected: the client lightvessel-admin with its secret and the roles manage-organizations and manage-users)."
                        .formatted(issuer()));
    }

    @Test
    void anErrorOfItsOwnIsPassedOn() {
        status = 500;
        failure("Looking for bea: Keycloak at %s answered 500; its log says why. Nothing was changed here."
                .formatted(issuer()));
    }

    @Test
    void someoneNewNeedsAnAddressAndAWayIn() {
        assertThatThrownBy(() -> ask(Newcomers.INVITE, "bea"))
                .hasMessage("Keycloak knows nobody called bea. Give an e-mail address to let in someone new.");
        assertThatThrownBy(() -> ask(Newcomers.REFUSE, "bea@example.org"))
                .hasMessage("Keycloak knows nobody called bea@example.org. Have an account made for them first.");
        assertThat(ask(Newcomers.INVITE, "Bea@Example.org")).isEqualTo("bea@example.org");
    }

    @Test
    void anotherProviderCannotBeManaged() {
        assertThatThrownBy(() -> new KeycloakRealm("https://accounts.example.org", "lightvessel-admin", "s"))
                .isInstanceOf(StartupRefused.class)
                .hasMessage(
                        "lightvessel.oidc.issuer-uri: https://accounts.example.org (expected: https://HOST/realms/REALM, as lightvessel.keycloak.client-secret is given).");
    }

    private void failure(String message) {
        assertThatThrownBy(() -> ask(Newcomers.INVITE, "bea"))
                .isInstanceOfSatisfying(
                        LightvesselException.class,
                        e -> assertThat(e.error()).isEqualTo(AccessError.DIRECTORY_UNAVAILABLE))
                .hasMessage(message);
    }

    private String ask(Newcomers newcomers, String name) {
        try (KeycloakDirectory directory =
                new KeycloakDirectory(new KeycloakRealm(issuer(), "lightvessel-admin", "s"), newcomers)) {
            return directory.nameOf(name);
        }
    }

    private String issuer() {
        return "http://127.0.0.1:%d/realms/lightvessel"
                .formatted(server.getAddress().getPort());
    }
}
