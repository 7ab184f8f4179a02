package io.lightvessel.gateway.httpclient;

import io.lightvessel.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a client shows who it is. */
public sealed interface Credentials {

    /** Basic authentication. */
    record Basic(SecretText username, Optional<SecretText> password) implements Credentials {}

    /** The header Authorization with a scheme such as {@code Bearer}. */
    record Header(String scheme, Optional<SecretText> credentials) implements Credentials {}

    /** A token from an OAuth 2.0 server, by client credentials. */
    record OAuth2(
            String clientId,
            SecretText clientSecret,
            List<String> scopes,
            URI tokenUrl,
            Map<String, String> endpointParams,
            TlsConfig tls,
            ProxyConfig proxy,
            List<HttpHeader> headers)
            implements Credentials {}

    /** Nothing. */
    record None() implements Credentials {}

    static Credentials of(Settings settings) {
        Optional<Settings> basic = settings.optionalSection("basic_auth");
        if (basic.isPresent()) {
            return new Basic(
                    SecretText.of(basic.get(), "username", "username_file").orElseThrow(),
                    SecretText.of(basic.get(), "password", "password_file"));
        }
        Optional<Settings> authorization = settings.optionalSection("authorization");
        if (authorization.isPresent()) {
            return new Header(
                    authorization.get().string("type").strip(),
                    SecretText.of(authorization.get(), "credentials", "credentials_file"));
        }
        Optional<SecretText> bearer = SecretText.of(settings, "bearer_token", "bearer_token_file");
        if (bearer.isPresent()) {
            return new Header("Bearer", bearer);
        }
        return settings.optionalSection("oauth2")
                .<Credentials>map(Credentials::oauth2)
                .orElseGet(None::new);
    }

    private static OAuth2 oauth2(Settings settings) {
        return new OAuth2(
                settings.string("client_id"),
                SecretText.of(settings, "client_secret", "client_secret_file").orElseThrow(),
                settings.strings("scopes"),
                URI.create(settings.string("token_url")),
                settings.stringMap("endpoint_params"),
                TlsConfig.of(settings.section("tls_config")),
                ProxyConfig.of(settings),
                HttpHeader.listOf(settings));
    }
}
