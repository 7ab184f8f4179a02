package io.lightvessel.access.keycloak;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the control plane may do in the realm people sign in to; without a secret it does nothing there.
 *
 * @param newcomers what becomes of a member whom Keycloak does not know
 */
@ConfigurationProperties("lightvessel.keycloak")
record KeycloakSettings(
        @DefaultValue("lightvessel-admin") String clientId,
        @Nullable String clientSecret,
        @Nullable Path clientSecretFile,
        @DefaultValue("invite") Newcomers newcomers) {

    /** How someone without an account gets one. */
    enum Newcomers {
        /** Keycloak sends them an e-mail. */
        INVITE,
        /** They get an account without a password, which the realm's administrator sets. */
        CREATE,
        /** Not at all. */
        REFUSE
    }

    /** Without the secret, so that it may appear in logs. */
    @Override
    public String toString() {
        return "KeycloakSettings[" + clientId + ", " + newcomers + "]";
    }
}
