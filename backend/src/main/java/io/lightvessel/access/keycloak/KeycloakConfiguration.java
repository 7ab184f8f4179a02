package io.lightvessel.access.keycloak;

import io.lightvessel.access.Directory;
import io.lightvessel.access.GivenSecret;
import io.lightvessel.access.IdentityProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "lightvessel.embedded.enabled", havingValue = false, matchIfMissing = true)
class KeycloakConfiguration {

    @Bean
    Directory directory(IdentityProvider provider, KeycloakSettings settings) {
        String secret = GivenSecret.of(
                "lightvessel.keycloak.client-secret", settings.clientSecret(), settings.clientSecretFile());
        return secret == null
                ? Directory.unmanaged()
                : new KeycloakDirectory(
                        new KeycloakRealm(provider.issuerUri(), settings.clientId(), secret), settings.newcomers());
    }
}
