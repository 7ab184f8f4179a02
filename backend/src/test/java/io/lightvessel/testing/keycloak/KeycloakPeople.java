package io.lightvessel.testing.keycloak;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.OrganizationInvitationRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Makes people and organizations as a realm's administrator does by hand. */
public final class KeycloakPeople {
    public static final String PASSWORD = "a-password-of-the-tests";
    private final RealmResource realm;

    public KeycloakPeople(KeycloakServer keycloak) {
        this.realm = keycloak.realm();
    }

    /** Someone with a password and nothing left to do before signing in; the id. */
    public String person(String email) {
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue(PASSWORD);
        UserRepresentation user = new UserRepresentation();
        user.setUsername(email);
        user.setEmail(email);
        user.setEmailVerified(true);
        user.setFirstName("A");
        user.setLastName("Person");
        user.setEnabled(true);
        user.setCredentials(List.of(password));
        return created(realm.users().create(user));
    }

    /** The id. */
    public String organization(String alias) {
        OrganizationRepresentation organization = new OrganizationRepresentation();
        organization.setName(alias);
        organization.setAlias(alias);
        organization.setAttributes(Map.of());
        return created(realm.organizations().create(organization));
    }

    public void join(String organization, String person) {
        created(realm.organizations().get(organization).members().addMember(person));
    }

    public String organizationId(String alias) {
        return realm.organizations().search(alias, true, 0, 1).getFirst().getId();
    }

    public boolean hasOrganization(String alias) {
        return !realm.organizations().search(alias, true, 0, 1).isEmpty();
    }

    /** User names of those who belong. */
    public List<String> members(String alias) {
        return realm.organizations().get(organizationId(alias)).members().getAll().stream()
                .map(UserRepresentation::getUsername)
                .toList();
    }

    /** Addresses of those who are asked to come. */
    public List<String> invitations(String alias) {
        return realm.organizations().get(organizationId(alias)).invitations().list().stream()
                .map(OrganizationInvitationRepresentation::getEmail)
                .toList();
    }

    /** Where the realm hands its e-mail in; without a port it has no way to. */
    public void mail(@Nullable Integer port) {
        RealmRepresentation representation = realm.toRepresentation();
        representation.setSmtpServer(
                port == null
                        ? Map.of()
                        : Map.of("host", "127.0.0.1", "port", port.toString(), "from", "keycloak@example.org"));
        realm.update(representation);
    }

    public void signOut(String person) {
        realm.users().get(person).logout();
    }

    public static String anyone() {
        return "p" + UUID.randomUUID().toString().substring(0, 8) + "@example.org";
    }

    private static String created(Response response) {
        try (response) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }
}
