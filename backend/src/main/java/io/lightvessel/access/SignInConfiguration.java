package io.lightvessel.access;

import io.lightvessel.platform.StartupRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    /** Asks the provider for its endpoints at the first sign-in: it may start after this program, or be this program. */
    @Bean
    ClientRegistrationRepository clientRegistrations(IdentityProvider provider) {
        return new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(registration(provider)));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "lightvessel.embedded.enabled", havingValue = false, matchIfMissing = true)
    IdentityProvider externalProvider(OidcSettings settings) {
        String issuer = settings.issuerUri();
        if (issuer == null) {
            throw new StartupRefused(
                    "lightvessel.oidc.issuer-uri: nothing (expected: the address of an OpenID provider,"
                            + " or lightvessel.embedded.enabled=true for a single machine).");
        }
        return new External(issuer, settings.clientId(), settings.clientSecret(), settings.scopes());
    }

    private record External(
            String issuerUri, String clientId, @Nullable String clientSecret, List<String> scopes)
            implements IdentityProvider {

        @Override
        public String toString() {
            return issuerUri;
        }
    }

    private static ClientRegistration registration(IdentityProvider provider) {
        ClientRegistration.Builder builder = ClientRegistrations.fromIssuerLocation(provider.issuerUri())
                .registrationId(SignIn.REGISTRATION)
                .clientName("Lightvessel")
                .clientId(provider.clientId())
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope(provider.scopes())
                .userNameAttributeName("preferred_username")
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build());
        String secret = provider.clientSecret();
        return secret == null
                ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : builder.clientSecret(secret).build();
    }
}
