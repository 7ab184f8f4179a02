package io.lightvessel.access;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.oidc.session.InMemoryOidcSessionRegistry;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.web.session.HttpSessionEventPublisher;

@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    @Bean
    ProviderRegistration clientRegistrations(IdentityProvider provider, Clock clock) {
        return new ProviderRegistration(provider, clock);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "lightvessel.embedded.enabled", havingValue = false, matchIfMissing = true)
    IdentityProvider externalProvider(OidcSettings settings) {
        return new External(settings.requiredIssuer(), settings.clientId(), settings.secret(), settings.scopes());
    }

    private record External(
            String issuerUri, String clientId, @Nullable String clientSecret, List<String> scopes)
            implements IdentityProvider {

        @Override
        public String toString() {
            return issuerUri;
        }
    }

    /** Which of the provider's sessions each session here belongs to. */
    @Bean
    OidcSessionRegistry oidcSessions() {
        return new InMemoryOidcSessionRegistry();
    }

    /** Tells the registry which sessions are over, so that it forgets them. */
    @Bean
    HttpSessionEventPublisher sessionEvents() {
        return new HttpSessionEventPublisher();
    }
}
