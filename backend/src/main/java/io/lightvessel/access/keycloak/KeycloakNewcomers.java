package io.lightvessel.access.keycloak;

import io.lightvessel.access.AccessError;
import io.lightvessel.access.keycloak.KeycloakSettings.Newcomers;
import io.lightvessel.platform.LightvesselException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.OrganizationResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.UserRepresentation;

/** What becomes of people whom Keycloak does not know yet, and of whom nothing is known but an e-mail address. */
final class KeycloakNewcomers {
    private final KeycloakRealm realm;
    private final Newcomers way;

    KeycloakNewcomers(KeycloakRealm realm, Newcomers way) {
        this.realm = realm;
        this.way = way;
    }

    boolean invited() {
        return way == Newcomers.INVITE;
    }

    String nameOf(String given) {
        if (way == Newcomers.REFUSE) {
            throw unknown(given, "Have an account made for them first.");
        }
        if (!given.contains("@")) {
            throw unknown(given, "Give an e-mail address to let in someone new.");
        }
        return given.toLowerCase(Locale.ROOT);
    }

    /** They belong once they follow the link they are sent. */
    void invite(String what, String email, Function<RealmResource, OrganizationResource> organization) {
        realm.ask(what, keycloak -> {
            try (Response response = organization.apply(keycloak).members().inviteUser(email, null, null)) {
                if (response.getStatus() == 500) {
                    throw new LightvesselException(
                            AccessError.DIRECTORY_UNAVAILABLE,
                            "%s: Keycloak could not send the invitation. Set up the realm's e-mail, or lightvessel.keycloak.newcomers: create."
                                    .formatted(what));
                }
                if (response.getStatus() >= 400) {
                    throw new WebApplicationException(response.getStatus());
                }
                return email;
            }
        });
    }

    /** The id of an account without a password. */
    String create(String what, String email) {
        UserRepresentation user = new UserRepresentation();
        user.setUsername(email);
        user.setEmail(email);
        user.setEnabled(true);
        user.setRequiredActions(List.of("UPDATE_PASSWORD", "UPDATE_PROFILE"));
        return realm.ask(what, keycloak -> {
            try (Response response = keycloak.users().create(user)) {
                return CreatedResponseUtil.getCreatedId(response);
            }
        });
    }

    private static LightvesselException unknown(String given, String advice) {
        return new LightvesselException(
                AccessError.PERSON_UNKNOWN, "Keycloak knows nobody called %s. %s".formatted(given, advice));
    }
}
