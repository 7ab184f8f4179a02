package io.lightvessel.access.keycloak;

import io.lightvessel.access.AccessError;
import io.lightvessel.access.Directory;
import io.lightvessel.access.keycloak.KeycloakSettings.Newcomers;
import io.lightvessel.platform.LightvesselException;
import io.lightvessel.tenancy.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.admin.client.resource.OrganizationResource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.MemberRepresentation;
import org.keycloak.representations.idm.MembershipType;
import org.keycloak.representations.idm.OrganizationInvitationRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Tenants as Keycloak's organizations, whose alias is the tenant's slug, and members as theirs. */
class KeycloakDirectory implements Directory, AutoCloseable {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int PAGE = 100;

    private final KeycloakRealm realm;
    private final KeycloakNewcomers newcomers;

    KeycloakDirectory(KeycloakRealm realm, Newcomers newcomers) {
        this.realm = realm;
        this.newcomers = new KeycloakNewcomers(realm, newcomers);
    }

    @Override
    public boolean membersOnly() {
        return true;
    }

    @Override
    public String nameOf(String given) {
        return realm.ask("Looking for " + given, keycloak -> user(keycloak, given))
                .map(UserRepresentation::getUsername)
                .orElseGet(() -> newcomers.nameOf(given));
    }

    @Override
    public boolean hasOrganization(Tenant tenant) {
        return realm.ask("Looking for the organization " + tenant.slug(), keycloak -> find(keycloak, tenant))
                .isPresent();
    }

    @Override
    public void createOrganization(Tenant tenant) {
        OrganizationRepresentation organization = new OrganizationRepresentation();
        // Names are unique in Keycloak, those of tenants are not.
        organization.setName(tenant.slug());
        organization.setAlias(tenant.slug());
        organization.setDescription(tenant.name());
        realm.status(
                "Creating the organization " + tenant.slug(),
                keycloak -> keycloak.organizations().create(organization),
                0);
    }

    @Override
    public void dropOrganization(Tenant tenant) {
        String what = "Deleting the organization " + tenant.slug();
        realm.ask(what, keycloak -> find(keycloak, tenant))
                .ifPresent(found -> realm.status(
                        what,
                        keycloak -> keycloak.organizations().get(found.getId()).delete(),
                        NOT_FOUND));
    }

    @Override
    public boolean belongs(Tenant tenant, String name) {
        return realm.ask("Looking for %s in the organization %s".formatted(name, tenant.slug()), keycloak -> {
            OrganizationResource organization = organization(keycloak, tenant);
            return isMember(organization, name)
                    || !invitations(organization, name).isEmpty();
        });
    }

    @Override
    public void join(Tenant tenant, String name) {
        String what = "Adding %s to the organization %s".formatted(name, tenant.slug());
        Optional<UserRepresentation> known = realm.ask(what, keycloak -> user(keycloak, name));
        if (known.isEmpty() && newcomers.invited()) {
            newcomers.invite(what, name, keycloak -> organization(keycloak, tenant));
            return;
        }
        String id = known.map(UserRepresentation::getId).orElseGet(() -> newcomers.create(what, name));
        // Someone else may have been faster, which is as well.
        realm.status(what, keycloak -> organization(keycloak, tenant).members().addMember(id), CONFLICT);
    }

    /** Whoever came by invitation is managed by the organization: taking them out would delete their account, so they stay. */
    @Override
    public void leave(Tenant tenant, String name) {
        String what = "Taking %s out of the organization %s".formatted(name, tenant.slug());
        realm.ask(what, keycloak -> find(keycloak, tenant)).ifPresent(found -> {
            String organization = found.getId();
            realm.ask(what, keycloak -> member(keycloak.organizations().get(organization), name))
                    .filter(member -> member.getMembershipType() != MembershipType.MANAGED)
                    .ifPresent(member -> realm.status(
                            what,
                            keycloak -> keycloak.organizations()
                                    .get(organization)
                                    .members()
                                    .member(member.getId())
                                    .delete(),
                            NOT_FOUND));
            realm.ask(what, keycloak -> invitations(keycloak.organizations().get(organization), name))
                    .forEach(id -> realm.status(
                            what,
                            keycloak -> keycloak.organizations()
                                    .get(organization)
                                    .invitations()
                                    .delete(id),
                            NOT_FOUND));
        });
    }

    @Override
    public void close() {
        realm.close();
    }

    private static Optional<UserRepresentation> user(RealmResource keycloak, String name) {
        List<UserRepresentation> found = keycloak.users().searchByUsername(name, true);
        if (found.isEmpty() && name.contains("@")) {
            found = keycloak.users().searchByEmail(name.toLowerCase(Locale.ROOT), true);
        }
        return found.stream().findFirst();
    }

    private static OrganizationResource organization(RealmResource keycloak, Tenant tenant) {
        OrganizationRepresentation found = find(keycloak, tenant)
                .orElseThrow(() -> new LightvesselException(
                        AccessError.DIRECTORY_UNAVAILABLE,
                        "The organization %s is missing in Keycloak. Try again.".formatted(tenant.slug())));
        return keycloak.organizations().get(found.getId());
    }

    /** By name at first; one made by hand may be called something else. */
    private static Optional<OrganizationRepresentation> find(RealmResource keycloak, Tenant tenant) {
        Optional<OrganizationRepresentation> named =
                withAlias(keycloak.organizations().search(tenant.slug(), true, 0, PAGE), tenant);
        for (int first = 0; named.isEmpty(); first += PAGE) {
            List<OrganizationRepresentation> page = keycloak.organizations().list(first, PAGE);
            if (page.isEmpty()) {
                break;
            }
            named = withAlias(page, tenant);
        }
        return named;
    }

    private static Optional<OrganizationRepresentation> withAlias(List<OrganizationRepresentation> all, Tenant tenant) {
        return all.stream()
                .filter(each -> tenant.slug().equals(each.getAlias()))
                .findFirst();
    }

    private static boolean isMember(OrganizationResource organization, String name) {
        return member(organization, name).isPresent();
    }

    private static Optional<MemberRepresentation> member(OrganizationResource organization, String name) {
        return organization.members().search(name, true, 0, PAGE).stream()
                .filter(each -> name.equals(each.getUsername()))
                .findFirst();
    }

    /** Ids of those that wait for an answer. */
    private static List<String> invitations(OrganizationResource organization, String email) {
        return organization.invitations().list().stream()
                .filter(each -> email.equalsIgnoreCase(each.getEmail()))
                .map(OrganizationInvitationRepresentation::getId)
                .toList();
    }
}
