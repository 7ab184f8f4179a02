package io.lightvessel.access.embedded;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.platform.secrets.SealedFiles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("lightvessel.embedded.enabled")
class EmbeddedIdentityConfiguration {

    @Bean
    LoopbackOnly loopbackOnly(Environment environment) {
        return new LoopbackOnly(environment.getProperty("server.address", ""));
    }

    @Bean
    EmbeddedAccount embeddedAccount(LightvesselSettings settings, LoopbackOnly checked) {
        return EmbeddedAccount.readOrCreate(
                settings.dataDir().resolve("sign-in"), settings.embedded().user());
    }

    @Bean
    EmbeddedDirectory embeddedDirectory(LightvesselSettings settings, EmbeddedAccount account) {
        return new EmbeddedDirectory(
                settings.dataDir().resolve("organizations"),
                account,
                settings.embedded().tenant());
    }

    @Bean
    EmbeddedProvider embeddedProvider(Environment environment) {
        return new EmbeddedProvider(environment);
    }

    @Bean
    RegisteredClientRepository registeredClients(EmbeddedProvider provider) {
        return new EmbeddedClients(provider);
    }

    /** No issuer: it is the address a request came to, and only the loopback interface is served. */
    @Bean
    AuthorizationServerSettings authorizationServerSettings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    JWKSource<SecurityContext> providerKeys(LightvesselSettings settings, SealedFiles files) {
        return new ImmutableJWKSet<>(
                new JWKSet(ProviderKey.readOrCreate(files, settings.keys().resolve("openid.json"))));
    }

    @Bean
    JwtDecoder providerTokens(JWKSource<SecurityContext> keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    /** The claims Keycloak would send. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(EmbeddedDirectory directory) {
        return context -> {
            Authentication person = context.getPrincipal();
            if (person != null && context.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
                context.getClaims()
                        .claim("preferred_username", person.getName())
                        .claim("organization", directory.organizations());
            }
        };
    }
}
