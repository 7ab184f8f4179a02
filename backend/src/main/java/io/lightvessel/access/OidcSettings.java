package io.lightvessel.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The OpenID provider people sign in with; not needed in the embedded mode, which brings its own.
 *
 * @param membersOnly keeps out those whom the provider names and nobody made a member; otherwise they are viewers
 */
@ConfigurationProperties("lightvessel.oidc")
record OidcSettings(
        @Nullable String issuerUri,
        @DefaultValue("lightvessel") String clientId,
        @Nullable String clientSecret,
        @DefaultValue({"openid", "profile", "organization"}) List<String> scopes,
        @DefaultValue("false") boolean membersOnly) {

    /** Without the secret, so that it may appear in logs. */
    @Override
    public String toString() {
        return "OidcSettings[" + issuerUri + ", " + clientId + "]";
    }
}
