package io.lightvessel.access;

import io.lightvessel.platform.StartupRefused;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The OpenID provider people sign in with; not needed in the embedded mode, which brings its own.
 *
 * @param clientSecretFile where the secret is read from at start, in place of {@code clientSecret}
 * @param scopes Keycloak names all of a person's organizations for {@code organization:*}, and asks for one without the star
 * @param membersOnly keeps out those whom the provider names and nobody made a member; otherwise they are viewers
 */
@ConfigurationProperties("lightvessel.oidc")
record OidcSettings(
        @Nullable String issuerUri,
        @DefaultValue("lightvessel") String clientId,
        @Nullable String clientSecret,
        @Nullable Path clientSecretFile,

        @DefaultValue({"openid", "profile", "organization:*"})
        List<String> scopes,

        @DefaultValue("false") boolean membersOnly) {

    /** The issuer's address, without which nobody could sign in. */
    String requiredIssuer() {
        if (issuerUri == null) {
            throw new StartupRefused(
                    "lightvessel.oidc.issuer-uri: nothing (expected: the address of an OpenID provider,"
                            + " or lightvessel.embedded.enabled=true for a single machine).");
        }
        return issuerUri;
    }

    /** Nothing for a client without a secret. */
    @Nullable
    String secret() {
        return GivenSecret.of("lightvessel.oidc.client-secret", clientSecret, clientSecretFile);
    }

    /** Without the secret, so that it may appear in logs. */
    @Override
    public String toString() {
        return "OidcSettings[" + issuerUri + ", " + clientId + "]";
    }
}
