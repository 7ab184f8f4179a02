package io.lightvessel.testing.keycloak;

import io.lightvessel.access.SignIn;
import io.lightvessel.testing.BrowserStandIn;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** Starts Keycloak once the control plane runs, and keeps what someone who wanted to sign in was told until then. */
@TestConfiguration
public class KeycloakComesLater {
    private final KeycloakServer keycloak;
    private int port;
    private @Nullable HttpResponse<String> before;

    KeycloakComesLater(KeycloakServer keycloak) {
        this.keycloak = keycloak;
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        before = new BrowserStandIn(port).get(SignIn.START);
        keycloak.start("http://127.0.0.1:" + port);
    }

    public HttpResponse<String> before() {
        if (before == null) {
            throw new IllegalStateException("the control plane is not ready");
        }
        return before;
    }
}
