package io.lightvessel.access.keycloak;

import io.lightvessel.access.AccessError;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.StartupRefused;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.client.jaxrs.ResteasyClientBuilder;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.JacksonProvider;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.RealmResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The realm behind an issuer's address, asked in the name of a client of ours; its failures in words people can act on. */
final class KeycloakRealm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeycloakRealm.class);
    private static final Pattern ISSUER = Pattern.compile("(https?://.+)/realms/([^/]+)/?");
    private static final int PRIORITY = 100;
    private static final int CONNECTIONS = 8;

    private final String issuer;
    private final String clientId;
    private final String realm;
    private final Keycloak keycloak;

    KeycloakRealm(String issuer, String clientId, String secret) {
        Matcher parts = ISSUER.matcher(issuer);
        if (!parts.matches()) {
            throw new StartupRefused(
                    "lightvessel.oidc.issuer-uri: %s (expected: https://HOST/realms/REALM, as lightvessel.keycloak.client-secret is given)."
                            .formatted(issuer));
        }
        this.issuer = issuer;
        this.clientId = clientId;
        this.realm = parts.group(2);
        ResteasyClientBuilder builder = (ResteasyClientBuilder) ClientBuilder.newBuilder();
        this.keycloak = KeycloakBuilder.builder()
                .serverUrl(parts.group(1))
                .realm(realm)
                .grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                .clientId(clientId)
                .clientSecret(secret)
                .resteasyClient(builder.connectionPoolSize(CONNECTIONS)
                        .connectTimeout(3, TimeUnit.SECONDS)
                        .readTimeout(5, TimeUnit.SECONDS)
                        .register(JacksonProvider.class, PRIORITY)
                        .build())
                .build();
    }

    /** @param what what is being done, for the message of a failure */
    <T> T ask(String what, Function<RealmResource, T> question) {
        try {
            return question.apply(keycloak.realm(realm));
        } catch (WebApplicationException e) {
            throw refused(what, e.getResponse().getStatus(), e);
        } catch (ProcessingException e) {
            // A request for a token that is answered with an error arrives wrapped.
            if (e.getCause() instanceof WebApplicationException answer) {
                throw refused(what, answer.getResponse().getStatus(), e);
            }
            throw failure(
                    "%s: Keycloak at %s does not answer. Nothing was changed here; try again in a moment."
                            .formatted(what, issuer),
                    e);
        }
    }

    /** The answer's status, unless it is an error other than the one that is expected. */
    int status(String what, Function<RealmResource, Response> question, int expected) {
        return ask(what, realm -> {
            try (Response response = question.apply(realm)) {
                int status = response.getStatus();
                if (status >= 400 && status != expected) {
                    throw new WebApplicationException(status);
                }
                return status;
            }
        });
    }

    private LightvesselException refused(String what, int status, Exception cause) {
        if (status == 401 || status == 403) {
            return failure(
                    "%s: Keycloak at %s answered %d (expected: the client %s with its secret and the roles manage-organizations and manage-users)."
                            .formatted(what, issuer, status, clientId),
                    cause);
        }
        return failure(
                "%s: Keycloak at %s answered %d; its log says why. Nothing was changed here."
                        .formatted(what, issuer, status),
                cause);
    }

    private static LightvesselException failure(String message, Exception cause) {
        LightvesselException failure = new LightvesselException(AccessError.DIRECTORY_UNAVAILABLE, message);
        failure.initCause(cause);
        LOG.warn(message, cause);
        return failure;
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
