package io.lightvessel.access.embedded;

import io.lightvessel.access.SignIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/** The only client of the embedded provider: this program's console, under any name of the loopback interface. */
class EmbeddedClients implements RegisteredClientRepository {
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost", "[::1]");

    private final EmbeddedProvider provider;

    EmbeddedClients(EmbeddedProvider provider) {
        this.provider = provider;
    }

    /** Spring saves the client when it has hashed its secret; the next lookup makes it anew, so there is nothing to keep. */
    @Override
    public void save(RegisteredClient client) {}

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        if (!clientId.equals(EmbeddedProvider.CLIENT_ID)) {
            return null;
        }
        return RegisteredClient.withId(clientId)
                .clientId(clientId)
                .clientSecret("{noop}" + provider.clientSecret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(uris -> HOSTS.forEach(host -> uris.add(base(host) + SignIn.RETURN)))
                .postLogoutRedirectUris(uris -> HOSTS.forEach(host -> {
                    uris.add(base(host));
                    uris.add(base(host) + "/");
                }))
                .scopes(scopes -> scopes.addAll(provider.scopes()))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .build();
    }

    private String base(String host) {
        return "http://" + host + ":" + provider.port();
    }
}
